package io.zhitong.bench;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The library's SM2 with nothing of ours around it (裸 SM2 运算). One thread. */
final class BareSm2 {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");

    private final BigInteger d = new BigInteger(CURVE.getN().bitLength() - 1, new SecureRandom()).setBit(200);
    private final ECPoint point = CURVE.getG().multiply(d).normalize();
    private final SM2Signer signer = new SM2Signer();
    private final SM2Signer verifier = new SM2Signer();
    private final byte[] message;
    private final byte[] signature;

    BareSm2() {
        this(new byte[0]);
    }

    BareSm2(byte[] message) {
        this.message = message.clone();
        var domain = new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
        signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(d, domain), new SecureRandom()));
        verifier.init(false, new ECPublicKeyParameters(point, domain));
        signature = sign();
    }

    /** Multiplications of the base point, of another point, and sums of two products. */
    ECPoint multiply(int fixed, int free, int sums) {
        ECPoint all = point;
        for (int i = 0; i < fixed; i++) {
            all = new FixedPointCombMultiplier().multiply(CURVE.getG(), d).normalize();
        }
        for (int i = 0; i < free; i++) {
            all = point.multiply(d).normalize();
        }
        for (int i = 0; i < sums; i++) {
            all = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), d, point, d).normalize();
        }
        return all;
    }

    byte[] sign() {
        try {
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean verify() {
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
