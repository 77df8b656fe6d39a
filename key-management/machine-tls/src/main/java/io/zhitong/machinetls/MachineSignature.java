package io.zhitong.machinetls;

import io.zhitong.smcrypto.Sm2;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;

/** What a machine signed outside a connection (机器签名): see {@link MachineIdentity#sign}. */
public final class MachineSignature {
    private MachineSignature() {}

    /**
     * Whether the certificate's key signed the message; says nothing about the certificate itself.
     *
     * @param signature r ‖ s, 64 bytes, of either profile
     */
    public static boolean verify(X509Certificate certificate, byte[] message, byte[] signature) {
        PublicKey key = certificate.getPublicKey();
        MachineProfile profile = Curves.isOf(MachineProfile.SM2, key) ? MachineProfile.SM2 : MachineProfile.P256;
        try {
            Signature verifier = Signature.getInstance(profile.signature(), Providers.BC);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(Sm2.toDer(signature));
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "a signature cannot be checked", e);
        }
    }
}
