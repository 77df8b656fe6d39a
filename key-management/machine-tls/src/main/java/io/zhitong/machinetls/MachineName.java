package io.zhitong.machinetls;

import java.security.cert.X509Certificate;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * Role and name of a machine as they stand in a certificate's subject (机器名): {@code O=Zhitong, OU=role, CN=name}, each
 * exactly once.
 *
 * @param role what the machine is
 * @param name its name within the role, 1–64 of {@code A–Z a–z 0–9 . _ -}; a device's number in decimal
 */
public record MachineName(MachineRole role, String name) {
    private static final String ORGANISATION = "Zhitong";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws MachineTlsException {@link MachineTlsError#BAD_NAME} when the name has other characters or another length */
    public MachineName {
        if (!NAME.matcher(name).matches()) {
            throw new MachineTlsException(
                    MachineTlsError.BAD_NAME, "expected a machine name of 1-64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /** Reads role and name of a certificate; says nothing about who signed it. */
    static MachineName of(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        if (!ORGANISATION.equals(only(subject, BCStyle.O))) {
            throw malformed();
        }
        MachineRole role = MachineRole.of(only(subject, BCStyle.OU)).orElseThrow(MachineName::malformed);
        return new MachineName(role, only(subject, BCStyle.CN));
    }

    X500Name subject() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, ORGANISATION)
                .addRDN(BCStyle.OU, role.label())
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static String only(X500Name subject, ASN1ObjectIdentifier attribute) {
        RDN[] found = subject.getRDNs(attribute);
        if (found.length != 1 || found[0].isMultiValued()) {
            throw malformed();
        }
        return IETFUtils.valueToString(found[0].getFirst().getValue());
    }

    private static MachineTlsException malformed() {
        return new MachineTlsException(
                MachineTlsError.BAD_NAME, "expected a subject O=Zhitong, OU=a known role, CN=a name, each once");
    }

    @Override
    public String toString() {
        return role.label() + "/" + name;
    }
}
