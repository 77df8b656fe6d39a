package io.zhitong.machinetls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * The certificate authority of our machines (机器证书机构), one per profile. It decides nothing: who asks has authorised the
 * enrolment, and role and name are his, not the request's. Leaf certificates carry no BasicConstraints; only a
 * certificate with CA:true can be an authority, and no leaf ever has it.
 *
 * <p>Thread-safe.
 */
public final class MachineAuthority {
    private final MachineProfile profile;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final SecureRandom random = new SecureRandom();

    /** @throws MachineTlsException when key and certificate do not belong together or the certificate is no authority's */
    public MachineAuthority(MachineProfile profile, PrivateKey key, X509Certificate certificate) {
        MachineIdentity pair = new MachineIdentity(profile, key, List.of(certificate));
        if (certificate.getBasicConstraints() < 0) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "expected an authority's certificate");
        }
        this.profile = profile;
        this.key = pair.key();
        this.certificate = certificate;
    }

    /** Makes a new self-signed authority for the pair. */
    public static MachineAuthority create(
            MachineProfile profile, KeyPair pair, String title, Instant from, Instant to) {
        X500Name name = new X500Name("O=Zhitong,CN=" + title);
        SecureRandom random = new SecureRandom();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                serial(random),
                Date.from(from),
                Date.from(to),
                name,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        X509Certificate certificate = signed(profile, pair.getPrivate(), builder, true);
        return new MachineAuthority(profile, pair.getPrivate(), certificate);
    }

    public MachineProfile profile() {
        return profile;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a certificate for the public key of a PKCS#10 request.
     *
     * @param request DER, at most 4096 bytes, signed by the key it carries
     * @param name role and name that go into the certificate
     * @param from first instant of validity
     * @param to last instant of validity, after {@code from}
     * @throws MachineTlsException {@link MachineTlsError#BAD_REQUEST} when the request does not parse or is not signed by
     *     its own key, {@link MachineTlsError#WRONG_PROFILE} when its key lies on another curve
     */
    public X509Certificate issue(byte[] request, MachineName name, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a validity that ends after it begins");
        }
        PKCS10CertificationRequest parsed = parse(request);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                serial(random),
                Date.from(from),
                Date.from(to),
                name.subject(),
                parsed.getSubjectPublicKeyInfo());
        return signed(profile, key, builder, false);
    }

    /**
     * The authority's list of revoked certificates (X.509 CRL version 2, RFC 5280).
     *
     * @param number cRLNumber, above every earlier one's
     * @param made thisUpdate
     * @param next nextUpdate: who has no newer list by then believes nobody
     * @return DER
     */
    public byte[] revocationList(BigInteger number, Instant made, Instant next, List<RevokedSerial> revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), Date.from(made));
        builder.setNextUpdate(Date.from(next));
        revoked.forEach(entry -> builder.addCRLEntry(entry.serial(), Date.from(entry.since()), entry.reason()));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return builder.build(signer(profile, key)).getEncoded();
        } catch (IOException | OperatorCreationException | NoSuchAlgorithmException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "revocation list not signed", e);
        }
    }

    private PKCS10CertificationRequest parse(byte[] request) {
        PKCS10CertificationRequest parsed = MachineKeys.parsed(request);
        try {
            if (!Curves.isOf(profile, parsed.getSubjectPublicKeyInfo())) {
                throw new MachineTlsException(MachineTlsError.WRONG_PROFILE, "expected a key on " + profile.curve());
            }
            if (!parsed.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(Providers.BC)
                    .build(parsed.getSubjectPublicKeyInfo()))) {
                throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "the request is not signed by its own key");
            }
            return parsed;
        } catch (PKCSException | OperatorCreationException e) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a signed PKCS#10 request", e);
        } catch (IllegalArgumentException | IllegalStateException | RuntimeOperatorException e) {
            // Oddities of ASN.1 that the provider answers unchecked.
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a signed PKCS#10 request", e);
        }
    }

    private static X509Certificate signed(
            MachineProfile profile, PrivateKey signer, X509v3CertificateBuilder builder, boolean authority) {
        try {
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            }
            int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            byte[] der = builder.build(signer(profile, signer)).getEncoded();
            return Pem.certificate(der);
        } catch (IOException | OperatorCreationException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "certificate not signed", e);
        }
    }

    private static ContentSigner signer(MachineProfile profile, PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(profile.signature())
                .setProvider(Providers.BC)
                .build(key);
    }

    /** 127 random bits, never zero (RFC 5280, 4.1.2.2: positive, at most 20 octets). */
    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(126, random).setBit(126);
    }
}
