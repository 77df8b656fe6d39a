package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The certificate of a card or a reader (卡证书/读卡器证书), 121 bytes, docs/card.md: version 01 ‖ role ‖ issuer hint 4 ‖
 * subject 8 ‖ from 4 ‖ to 4 (BCD dates, both days included, community's zone) ‖ number 2 ‖ compressed point 33 ‖ r‖s 64.
 * Parsing checks the layout only; {@link #signedBy} checks the signature.
 */
public final class AccessCertificate {
    /** Length in bytes. */
    public static final int LENGTH = 121;

    /** Length of what is signed, without the mark. */
    public static final int BODY = 57;

    /** Role of a card. */
    public static final int CARD = 0x01;

    /** Role of a reader. */
    public static final int READER = 0xF0;

    private static final byte[] MARK = "ZTC1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] encoded;

    private AccessCertificate(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Reads the 121 bytes.
     *
     * @throws MalformedInput on another length or version
     */
    public static AccessCertificate parse(byte[] encoded) {
        if (encoded.length != LENGTH || encoded[0] != 1) {
            throw new MalformedInput("expected a certificate of 121 bytes, version 01");
        }
        return new AccessCertificate(encoded.clone());
    }

    /** Bytes 0..56, which the issuer signs behind its mark. */
    public static byte[] body(
            int role, Sm2PublicKey issuer, byte[] subject8, byte[] from4, byte[] to4, int number, Sm2PublicKey key) {
        byte[] body = new ByteWriter()
                .u8(1)
                .u8(role)
                .bytes(hint(issuer))
                .bytes(subject8)
                .bytes(from4)
                .bytes(to4)
                .u16(number)
                .bytes(key.compressed())
                .toByteArray();
        if (body.length != BODY) {
            throw new IllegalArgumentException("expected subject of 8 and dates of 4 bytes");
        }
        return body;
    }

    /** 'ZTC1' ‖ body: the message under the signature. */
    public static byte[] message(byte[] body) {
        return new ByteWriter().bytes(MARK).bytes(body).toByteArray();
    }

    /** First 4 bytes of SM3(issuer x ‖ y). */
    public static byte[] hint(Sm2PublicKey issuer) {
        return Arrays.copyOf(Sm3.hash(issuer.xy()), 4);
    }

    /** The 121 bytes. */
    public byte[] encode() {
        return encoded.clone();
    }

    /** Role byte. */
    public int role() {
        return encoded[1] & 0xFF;
    }

    /** First 4 bytes of SM3 over the issuer's point. */
    public byte[] issuerHint() {
        return slice(2, 4);
    }

    /** Credential number, or the point id of a reader. */
    public byte[] subject() {
        return slice(6, 8);
    }

    /** First valid day, BCD yyyymmdd. */
    public byte[] from() {
        return slice(14, 4);
    }

    /** Last valid day, BCD yyyymmdd. */
    public byte[] to() {
        return slice(18, 4);
    }

    /** Certificate number, rising per subject. */
    public int number() {
        return new ByteReader(slice(22, 2)).u16();
    }

    /** @throws MalformedInput if the stored bytes are no point of the curve */
    public Sm2PublicKey publicKey() {
        return Sm2PublicKey.decode(slice(24, 33));
    }

    /** Whether the day (BCD yyyymmdd) lies in the validity, both ends included. */
    public boolean validOn(byte[] day4) {
        return Arrays.compareUnsigned(from(), day4) <= 0 && Arrays.compareUnsigned(day4, to()) <= 0;
    }

    /** Whether the issuer's signature over the body fits. */
    public boolean signedBy(Sm2PublicKey issuer) {
        return Sm2.verify(issuer, message(slice(0, BODY)), slice(BODY, 64));
    }

    private byte[] slice(int from, int length) {
        return Arrays.copyOfRange(encoded, from, from + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessCertificate that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "AccessCertificate[role " + role() + ", subject " + Hex.of(subject()) + "]";
    }
}
