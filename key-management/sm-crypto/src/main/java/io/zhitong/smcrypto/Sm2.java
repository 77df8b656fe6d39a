package io.zhitong.smcrypto;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * SM2 signatures and key agreement (GB/T 32918, 椭圆曲线公钥密码算法), identity 1234567812345678 where none is given. A
 * signature is r‖s, 32 bytes each; {@link #toDer} gives the form OpenSSL reads. Thread-safe.
 */
public final class Sm2 {
    /** The custom curve is five times faster than the generic one. */
    static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");

    static final BigInteger ORDER = CURVE.getN();

    /** The identity that GM/T 0009 gives to who has none of their own. */
    private static final byte[] IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_IDENTITY = 0x1FFF;

    private Sm2() {}

    /** ZA of GB/T 32918.2 5.5: the hash that binds identity, curve and public key; 32 bytes. */
    public static byte[] za(Sm2PublicKey key) {
        return za(key, IDENTITY);
    }

    /** As {@link #za(Sm2PublicKey)} for an identity of at most 8191 bytes. */
    public static byte[] za(Sm2PublicKey key, byte[] identity) {
        if (identity.length > MAX_IDENTITY) {
            throw new IllegalArgumentException("expected an identity of at most 8191 bytes, came " + identity.length);
        }
        ECPoint g = CURVE.getG();
        return Sm3.hash(
                new ByteWriter().u16(8 * identity.length).toByteArray(),
                identity,
                CURVE.getCurve().getA().getEncoded(),
                CURVE.getCurve().getB().getEncoded(),
                g.getAffineXCoord().getEncoded(),
                g.getAffineYCoord().getEncoded(),
                key.xy());
    }

    /**
     * Signs the message: r‖s. The one-time number is hedged, k = 1 + KDF(d ‖ e ‖ 32 random bytes, 40) mod (n−1), so that
     * a random source that repeats itself does not give the key away (docs/card.md).
     */
    public static byte[] sign(Sm2PrivateKey key, byte[] message, RandomSource random) {
        return sign(key, IDENTITY, message, random);
    }

    /** As {@link #sign(Sm2PrivateKey, byte[], RandomSource)} for an identity of at most 8191 bytes. */
    public static byte[] sign(Sm2PrivateKey key, byte[] identity, byte[] message, RandomSource random) {
        byte[] hash = Sm3.hash(za(key.publicKey(), identity), message);
        BigInteger d = key.d();
        while (true) {
            BigInteger k = hedged(d, hash, random.bytes(32));
            BigInteger x1 = xOf(new FixedPointCombMultiplier().multiply(CURVE.getG(), k));
            BigInteger r = new BigInteger(1, hash).add(x1).mod(ORDER);
            BigInteger s = BigIntegers.modOddInverse(ORDER, d.add(BigInteger.ONE))
                    .multiply(k.subtract(r.multiply(d)))
                    .mod(ORDER);
            if (r.signum() != 0 && s.signum() != 0 && !r.add(k).equals(ORDER)) {
                return join(r, s);
            }
        }
    }

    /** Whether r‖s (64 bytes) is the key's signature over the message; wrong lengths and ranges are simply false. */
    public static boolean verify(Sm2PublicKey key, byte[] message, byte[] signature) {
        return fault(key, IDENTITY, message, signature).isEmpty();
    }

    /** Why r‖s is no signature of the key over message and identity; empty when it is one. */
    public static Optional<Sm2Fault> fault(Sm2PublicKey key, byte[] identity, byte[] message, byte[] signature) {
        if (signature.length != 64) {
            return Optional.of(Sm2Fault.SIGNATURE_LENGTH);
        }
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        if (outOfRange(r)) {
            return Optional.of(Sm2Fault.R_RANGE);
        }
        if (outOfRange(s)) {
            return Optional.of(Sm2Fault.S_RANGE);
        }
        BigInteger t = r.add(s).mod(ORDER);
        if (t.signum() == 0) {
            return Optional.of(Sm2Fault.SUM_ZERO);
        }
        BigInteger e = new BigInteger(1, Sm3.hash(za(key, identity), message));
        return fits(key, e, r, s, t) ? Optional.empty() : Optional.of(Sm2Fault.SIGNATURE_MISMATCH);
    }

    private static boolean fits(Sm2PublicKey key, BigInteger e, BigInteger r, BigInteger s, BigInteger t) {
        ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), s, key.point(), t);
        return !sum.isInfinity()
                && MessageDigest.isEqual(fixed32(e.add(xOf(sum)).mod(ORDER)), fixed32(r));
    }

    /** x coordinate, 32 bytes, of the product of a private scalar and a peer's point. */
    public static byte[] ecdhX(Sm2PrivateKey key, Sm2PublicKey peer) {
        ECPoint product = peer.point().multiply(key.d()).normalize();
        if (product.isInfinity()) {
            throw new MalformedInput("expected a peer point whose product is no point at infinity");
        }
        return product.getAffineXCoord().getEncoded();
    }

    /** Key derivation of GB/T 32918.4 5.4.3: the first n bytes of SM3(z ‖ counter 4, from 1). */
    public static byte[] kdf(byte[] z, int n) {
        byte[] out = new byte[n];
        for (int done = 0, counter = 1; done < n; done += Sm3.LENGTH, counter++) {
            byte[] block = Sm3.hash(z, new ByteWriter().u32(counter).toByteArray());
            System.arraycopy(block, 0, out, done, Math.min(block.length, n - done));
            Arrays.fill(block, (byte) 0);
        }
        return out;
    }

    /** r‖s as the DER SEQUENCE of two INTEGERs that OpenSSL and X.509 use. */
    public static byte[] toDer(byte[] signature) {
        if (signature.length != 64) {
            throw new IllegalArgumentException("expected r and s of 32 bytes each, came " + signature.length);
        }
        try {
            return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                        new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, 32))),
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
                    })
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("two integers always encode", e);
        }
    }

    /**
     * The inverse of {@link #toDer}; only the one canonical encoding is taken.
     *
     * @throws MalformedInput on anything else
     */
    public static byte[] fromDer(byte[] der) {
        try {
            ASN1Sequence pair = ASN1Sequence.getInstance(der);
            if (pair.size() == 2) {
                BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getPositiveValue();
                BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
                if (r.bitLength() <= 256 && s.bitLength() <= 256 && Arrays.equals(toDer(join(r, s)), der)) {
                    return join(r, s);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected a DER signature of two integers, found other bytes");
        }
        throw new MalformedInput("expected a DER signature of two integers below 2^256 in canonical form");
    }

    private static BigInteger hedged(BigInteger d, byte[] hash, byte[] random) {
        byte[] scalar = fixed32(d);
        byte[] seed = new ByteWriter().bytes(scalar).bytes(hash).bytes(random).toByteArray();
        byte[] wide = kdf(seed, 40);
        try {
            return new BigInteger(1, wide).mod(ORDER.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        } finally {
            Arrays.fill(scalar, (byte) 0);
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(wide, (byte) 0);
        }
    }

    static byte[] fixed32(BigInteger value) {
        byte[] raw = value.toByteArray();
        byte[] out = new byte[32];
        int take = Math.min(raw.length, 32);
        System.arraycopy(raw, raw.length - take, out, 32 - take, take);
        return out;
    }

    private static BigInteger xOf(ECPoint point) {
        return point.normalize().getAffineXCoord().toBigInteger();
    }

    private static boolean outOfRange(BigInteger value) {
        return value.signum() == 0 || value.compareTo(ORDER) >= 0;
    }

    private static byte[] join(BigInteger r, BigInteger s) {
        return new ByteWriter().bytes(fixed32(r)).bytes(fixed32(s)).toByteArray();
    }
}
