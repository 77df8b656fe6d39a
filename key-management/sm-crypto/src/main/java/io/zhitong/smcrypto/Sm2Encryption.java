package io.zhitong.smcrypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * SM2 encryption (GB/T 32918.4, 公钥加密算法). A ciphertext is C1‖C3‖C2: 04‖x‖y of the one-time point (65 bytes), SM3 (32),
 * as many bytes as the plaintext; the old order C1‖C2‖C3 is recognised and refused. Thread-safe.
 */
public final class Sm2Encryption {
    private static final int C1 = 65;
    private static final int HEAD = C1 + Sm3.LENGTH;

    private Sm2Encryption() {}

    /** Encrypts 1 … 65535 bytes to the key. */
    public static byte[] encrypt(Sm2PublicKey key, byte[] plain, RandomSource random) {
        if (plain.length == 0 || plain.length > 0xFFFF) {
            throw new IllegalArgumentException("expected 1 to 65535 bytes of plaintext, came " + plain.length);
        }
        while (true) {
            byte[] wide = random.bytes(40);
            BigInteger k = new BigInteger(1, wide)
                    .mod(Sm2.ORDER.subtract(BigInteger.ONE))
                    .add(BigInteger.ONE);
            Arrays.fill(wide, (byte) 0);
            byte[] sealed = encrypt(key, plain, k);
            if (sealed.length != 0) {
                return sealed;
            }
        }
    }

    /** With a given one-time number; no bytes when its mask is all zero, so that another has to be drawn. */
    static byte[] encrypt(Sm2PublicKey key, byte[] plain, BigInteger k) {
        ECPoint c1 = new FixedPointCombMultiplier().multiply(Sm2.CURVE.getG(), k);
        byte[] shared = xy(key.point().multiply(k));
        byte[] mask = Sm2.kdf(shared, plain.length);
        try {
            if (isZero(mask)) {
                return new byte[0];
            }
            return new ByteWriter()
                    .bytes(c1.getEncoded(false))
                    .bytes(c3(shared, plain))
                    .bytes(xor(plain, mask))
                    .toByteArray();
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(mask, (byte) 0);
        }
    }

    /**
     * Opens C1‖C3‖C2.
     *
     * @throws MalformedInput with the words of an {@link Sm2Fault}
     */
    public static byte[] decrypt(Sm2PrivateKey key, byte[] sealed) {
        if (sealed.length <= HEAD || sealed[0] != 4) {
            throw Sm2Fault.CIPHERTEXT_LENGTH.refused();
        }
        ECPoint c1 = Sm2PublicKey.decode(Arrays.copyOf(sealed, C1)).point();
        byte[] shared = xy(c1.multiply(key.d()));
        try {
            byte[] rest = Arrays.copyOfRange(sealed, C1, sealed.length);
            byte[] plain = opened(shared, Arrays.copyOfRange(rest, Sm3.LENGTH, rest.length));
            if (MessageDigest.isEqual(c3(shared, plain), Arrays.copyOf(rest, Sm3.LENGTH))) {
                return plain;
            }
            Arrays.fill(plain, (byte) 0);
            throw (inOldOrder(shared, rest) ? Sm2Fault.CIPHERTEXT_ORDER : Sm2Fault.C3_MISMATCH).refused();
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    private static boolean inOldOrder(byte[] shared, byte[] rest) {
        int length = rest.length - Sm3.LENGTH;
        byte[] plain = opened(shared, Arrays.copyOf(rest, length));
        byte[] hash = c3(shared, plain);
        Arrays.fill(plain, (byte) 0);
        return MessageDigest.isEqual(hash, Arrays.copyOfRange(rest, length, rest.length));
    }

    private static byte[] opened(byte[] shared, byte[] c2) {
        byte[] mask = Sm2.kdf(shared, c2.length);
        byte[] plain = xor(c2, mask);
        Arrays.fill(mask, (byte) 0);
        return plain;
    }

    /** C1‖C3‖C2 as the SEQUENCE x, y, C3, C2 of GM/T 0009, which OpenSSL reads. */
    public static byte[] toDer(byte[] sealed) {
        ByteReader in = new ByteReader(sealed);
        in.u8();
        try {
            return new DERSequence(new ASN1Encodable[] {
                        new ASN1Integer(new BigInteger(1, in.bytes(32))),
                        new ASN1Integer(new BigInteger(1, in.bytes(32))),
                        new DEROctetString(in.bytes(Sm3.LENGTH)),
                        new DEROctetString(in.rest())
                    })
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("four fields always encode", e);
        }
    }

    /**
     * The inverse of {@link #toDer}; only the one canonical encoding is taken.
     *
     * @throws MalformedInput on anything else
     */
    public static byte[] fromDer(byte[] der) {
        try {
            ASN1Sequence fields = ASN1Sequence.getInstance(der);
            if (fields.size() == 4) {
                byte[] sealed = new ByteWriter()
                        .u8(4)
                        .bytes(coordinate(fields.getObjectAt(0)))
                        .bytes(coordinate(fields.getObjectAt(1)))
                        .bytes(ASN1OctetString.getInstance(fields.getObjectAt(2))
                                .getOctets())
                        .bytes(ASN1OctetString.getInstance(fields.getObjectAt(3))
                                .getOctets())
                        .toByteArray();
                if (sealed.length > HEAD && Arrays.equals(toDer(sealed), der)) {
                    return sealed;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected a DER ciphertext of SM2, found other bytes");
        }
        throw new MalformedInput("expected a DER ciphertext of SM2: x, y, C3, C2 in canonical form");
    }

    private static byte[] coordinate(ASN1Encodable field) {
        return Sm2.fixed32(ASN1Integer.getInstance(field).getPositiveValue());
    }

    private static byte[] c3(byte[] shared, byte[] plain) {
        return Sm3.hash(Arrays.copyOf(shared, 32), plain, Arrays.copyOfRange(shared, 32, 64));
    }

    private static byte[] xy(ECPoint point) {
        return Arrays.copyOfRange(point.normalize().getEncoded(false), 1, C1);
    }

    private static boolean isZero(byte[] bytes) {
        int bits = 0;
        for (byte each : bytes) {
            bits |= each;
        }
        return bits == 0;
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= b[i];
        }
        return out;
    }
}
