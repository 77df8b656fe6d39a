package io.zhitong.smcrypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** An SM2 private scalar (私钥) d, 1 ≤ d ≤ n−2, and its public point. Thread-safe; unusable once closed. */
public final class Sm2PrivateKey implements AutoCloseable {
    private final SecretBytes scalar;
    private final Sm2PublicKey publicKey;

    private Sm2PrivateKey(SecretBytes scalar, Sm2PublicKey publicKey) {
        this.scalar = scalar;
        this.publicKey = publicKey;
    }

    /**
     * Takes the scalar, 32 bytes big-endian; the array is copied.
     *
     * @throws MalformedInput if it is out of range
     */
    public static Sm2PrivateKey of(byte[] scalar32) {
        BigInteger d = new BigInteger(1, scalar32);
        if (scalar32.length != 32 || d.signum() == 0 || d.compareTo(Sm2.ORDER.subtract(BigInteger.TWO)) > 0) {
            throw new MalformedInput("expected an SM2 scalar of 32 bytes between 1 and n-2");
        }
        Sm2PublicKey q = new Sm2PublicKey(new FixedPointCombMultiplier().multiply(Sm2.CURVE.getG(), d));
        return new Sm2PrivateKey(SecretBytes.copyOf(scalar32), q);
    }

    /** A fresh key pair; 40 random bytes are reduced, so that no bias is left. */
    public static Sm2PrivateKey generate(RandomSource random) {
        byte[] wide = random.bytes(40);
        BigInteger d =
                new BigInteger(1, wide).mod(Sm2.ORDER.subtract(BigInteger.TWO)).add(BigInteger.ONE);
        byte[] scalar = Sm2.fixed32(d);
        try {
            return of(scalar);
        } finally {
            Arrays.fill(wide, (byte) 0);
            Arrays.fill(scalar, (byte) 0);
        }
    }

    /** The public point. */
    public Sm2PublicKey publicKey() {
        return publicKey;
    }

    /** The scalar, 32 bytes, for storing it wrapped; the caller wipes it. */
    public byte[] export(SecretAccess token) {
        return scalar.export(token);
    }

    BigInteger d() {
        byte[] bytes = scalar.export(SecretAccess.TOKEN);
        try {
            return new BigInteger(1, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void close() {
        scalar.close();
    }

    @Override
    public String toString() {
        return "Sm2PrivateKey[redacted, public " + Hex.of(publicKey.compressed()) + "]";
    }
}
