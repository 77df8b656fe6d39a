package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What a door keeps of a sealed transaction (密封认证证据): enough for anybody with the issuer's public key to check
 * later that this card answered this door at this time. Terms as in docs/card.md.
 *
 * <p>Bytes: length 1 ‖ F (FCI) ‖ length 1 ‖ RR (distance exchange, 0 or 12) ‖ H 5 (CLA INS P1 P2 Lc) ‖ length 1 ‖ data ‖
 * E 33 ‖ certificate 121 ‖ signature 64.
 */
public record SealedEvidence(
        Octets fci,
        Octets distance,
        Octets header,
        Octets data,
        Octets ephemeral,
        Octets certificate,
        Octets signature) {

    private static final int MAX_LENGTH = 1024;

    public SealedEvidence {
        ModelException.require(
                fci.length() <= 255 && data.length() <= 255,
                ModelException.Reason.LENGTH,
                "FCI and data of at most 255 bytes");
        ModelException.require(
                distance.length() == 0 || distance.length() == 12,
                ModelException.Reason.LENGTH,
                "a distance exchange of 0 or 12 bytes");
        header.expect(5, "a command header");
        ephemeral.expect(33, "an ephemeral point");
        certificate.expect(121, "a certificate");
        signature.expect(64, "a signature");
    }

    public Octets encode() {
        ByteWriter out = new ByteWriter();
        counted(out, fci);
        counted(out, distance);
        out.bytes(header.toByteArray());
        counted(out, data);
        return Octets.of(out.bytes(ephemeral.toByteArray())
                .bytes(certificate.toByteArray())
                .bytes(signature.toByteArray())
                .toByteArray());
    }

    /** @throws ModelException if the bytes are not exactly one such record */
    public static SealedEvidence decode(Octets bytes) {
        return Decoding.exactly(bytes.toByteArray(), MAX_LENGTH, "sealed evidence", SealedEvidence::read);
    }

    private static SealedEvidence read(ByteReader in) {
        Octets fci = take(in, in.u8());
        Octets distance = take(in, in.u8());
        Octets header = take(in, 5);
        Octets data = take(in, in.u8());
        return new SealedEvidence(fci, distance, header, data, take(in, 33), take(in, 121), take(in, 64));
    }

    private static Octets take(ByteReader in, int length) {
        return Octets.of(in.bytes(length));
    }

    private static void counted(ByteWriter out, Octets bytes) {
        out.u8(bytes.length()).bytes(bytes.toByteArray());
    }
}
