package io.zhitong.machinetls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes the key pair of a machine where the machine is, and the request that carries its public half to the vault. */
public final class MachineKeys {
    private MachineKeys() {}

    /** A fresh pair on the profile's curve. */
    public static KeyPair generate(MachineProfile profile) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", Providers.BC);
            generator.initialize(new ECGenParameterSpec(profile.curve()), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "no key pair on " + profile.curve(), e);
        }
    }

    /**
     * A PKCS#10 request (RFC 2986, DER) for the pair, signed by it. Role and name in it are a wish: the authority writes
     * what it was told by whoever authorised the enrolment.
     */
    public static byte[] request(MachineProfile profile, KeyPair pair, MachineName wish) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(wish.subject(), pair.getPublic())
                    .build(new JcaContentSignerBuilder(profile.signature())
                            .setProvider(Providers.BC)
                            .build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "certificate request not signed", e);
        }
    }

    /**
     * Reads a PKCS#8 private key (RFC 5208, DER).
     *
     * @throws MachineTlsException {@link MachineTlsError#BAD_FILE} when it is no key, {@link MachineTlsError#WRONG_PROFILE}
     *     when it lies on another curve
     */
    public static PrivateKey privateKey(MachineProfile profile, byte[] pkcs8) {
        try {
            PrivateKey key = Providers.keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!Curves.isOf(profile, key)) {
                throw new MachineTlsException(MachineTlsError.WRONG_PROFILE, "expected a key on " + profile.curve());
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected a PKCS#8 private key", e);
        }
    }
}
