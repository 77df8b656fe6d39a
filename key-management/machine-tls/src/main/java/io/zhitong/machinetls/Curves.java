package io.zhitong.machinetls;

import java.security.Key;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Which profile a key belongs to, judged by the named curve in its encoding and by nothing else. */
final class Curves {
    private Curves() {}

    static boolean isOf(MachineProfile profile, SubjectPublicKeyInfo key) {
        return X9ObjectIdentifiers.id_ecPublicKey.equals(key.getAlgorithm().getAlgorithm())
                && oid(profile).equals(key.getAlgorithm().getParameters());
    }

    static boolean isOf(MachineProfile profile, Key key) {
        return oid(profile).equals(parameters(key));
    }

    private static ASN1Encodable parameters(Key key) {
        return key instanceof java.security.PrivateKey
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
