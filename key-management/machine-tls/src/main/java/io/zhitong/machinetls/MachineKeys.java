package io.zhitong.machinetls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes the key pair of a machine where the machine is, and the request that carries its public half to the vault. */
public final class MachineKeys {
    private static final int MAX_REQUEST = 4096;

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
     * The public key a PKCS#10 request is for (SubjectPublicKeyInfo, DER): the same for every request of one key. Says nothing
     * about who asks; the authority checks the request's signature.
     *
     * @throws MachineTlsException {@link MachineTlsError#BAD_REQUEST} when the request does not parse
     */
    public static byte[] requested(byte[] pkcs10) {
        try {
            return parsed(pkcs10).getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a PKCS#10 request", e);
        }
    }

    /**
     * The profile of the key that a PKCS#10 request is for.
     *
     * @throws MachineTlsException {@link MachineTlsError#BAD_REQUEST} when the request does not parse or its key is of neither
     *     profile
     */
    public static MachineProfile profile(byte[] pkcs10) {
        SubjectPublicKeyInfo key = parsed(pkcs10).getSubjectPublicKeyInfo();
        return Arrays.stream(MachineProfile.values())
                .filter(each -> Curves.isOf(each, key))
                .findFirst()
                .orElseThrow(() -> new MachineTlsException(
                        MachineTlsError.BAD_REQUEST, "expected a key on sm2p256v1 or secp256r1"));
    }

    /** The provider answers oddities of a stranger's ASN.1 unchecked. */
    static PKCS10CertificationRequest parsed(byte[] pkcs10) {
        if (pkcs10.length > MAX_REQUEST) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected at most 4096 bytes of PKCS#10");
        }
        try {
            return new PKCS10CertificationRequest(pkcs10);
        } catch (IOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ClassCastException e) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a PKCS#10 request", e);
        }
    }

    /** The public half of a private key: its scalar times the curve's base point. */
    static PublicKey publicKey(MachineProfile profile, PrivateKey key) {
        ECPrivateKey scalar = (ECPrivateKey) key;
        ECParameterSpec curve = scalar.getParameters();
        try {
            // The provider names the curve in the encoding only if it was asked for by name.
            ECNamedCurveParameterSpec named = ECNamedCurveTable.getParameterSpec(profile.curve());
            return Providers.keys()
                    .generatePublic(new ECPublicKeySpec(
                            new FixedPointCombMultiplier()
                                    .multiply(curve.getG(), scalar.getD())
                                    .normalize(),
                            named));
        } catch (GeneralSecurityException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "no public key on " + profile.curve(), e);
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
