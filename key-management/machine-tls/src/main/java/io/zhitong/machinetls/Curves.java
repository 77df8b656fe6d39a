package io.zhitong.machinetls;

import java.io.IOException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Which profile a key belongs to, judged by the named curve in its encoding and by nothing else, and to which other key. */
final class Curves {
    private Curves() {}

    static boolean isOf(MachineProfile profile, SubjectPublicKeyInfo key) {
        return X9ObjectIdentifiers.id_ecPublicKey.equals(key.getAlgorithm().getAlgorithm())
                && oid(profile).equals(key.getAlgorithm().getParameters());
    }

    static boolean isOf(MachineProfile profile, Key key) {
        return oid(profile).equals(parameters(key));
    }

    /** @throws MachineTlsException {@link MachineTlsError#WRONG_PROFILE} when it lies on neither curve */
    static MachineProfile profile(PublicKey key) {
        return Arrays.stream(MachineProfile.values())
                .filter(each -> isOf(each, key))
                .findFirst()
                .orElseThrow(() -> new MachineTlsException(
                        MachineTlsError.WRONG_PROFILE, "expected a key of one of our profiles"));
    }

    /** Whether the public key is the private one's point: one multiplication, where a probe's signature takes several. */
    static boolean pair(PrivateKey key, PublicKey other) {
        try {
            var d = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
            var q = (ECPublicKeyParameters) PublicKeyFactory.createKey(other.getEncoded());
            return new FixedPointCombMultiplier()
                    .multiply(d.getParameters().getG(), d.getD())
                    .equals(q.getQ());
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "key and certificate cannot be compared", e);
        }
    }

    private static ASN1Encodable parameters(Key key) {
        return key instanceof PrivateKey
                ? PrivateKeyInfo.getInstance(key.getEncoded())
                        .getPrivateKeyAlgorithm()
                        .getParameters()
                : SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getAlgorithm()
                        .getParameters();
    }

    private static ASN1ObjectIdentifier oid(MachineProfile profile) {
        return switch (profile) {
            case SM2 -> GMObjectIdentifiers.sm2p256v1;
            case P256 -> SECObjectIdentifiers.secp256r1;
        };
    }
}
