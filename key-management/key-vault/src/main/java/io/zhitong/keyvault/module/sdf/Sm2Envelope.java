package io.zhitong.keyvault.module.sdf;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;

/** Encrypts a key for a device (数字信封): SM2 encryption of GB/T 32918.4. */
final class Sm2Envelope {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("sm2p256v1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private Sm2Envelope() {}

    /** x ‖ y ‖ hash 32 ‖ ciphertext, for the device whose encryption point is x ‖ y. */
    static byte[] seal(byte[] devicePoint, byte[] key, SecureRandom random) {
        byte[] encoded = new byte[devicePoint.length + 1];
        encoded[0] = 4;
        System.arraycopy(devicePoint, 0, encoded, 1, devicePoint.length);
        try {
            SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
            var point = CURVE.getCurve().decodePoint(encoded);
            engine.init(true, new ParametersWithRandom(new ECPublicKeyParameters(point, DOMAIN), random));
            byte[] sealed = engine.processBlock(key, 0, key.length);
            return Arrays.copyOfRange(sealed, 1, sealed.length);
        } catch (IllegalArgumentException | InvalidCipherTextException e) {
            throw new ModuleException(
                    ModuleRefusal.WRONG_RESULT, "the device's encryption key is expected on the curve of SM2", e);
        }
    }
}
