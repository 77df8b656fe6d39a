package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Machine certificates. */
final class MachineSections {
    private MachineSections() {}

    static EvidenceSection machines(EvidenceInput input) {
        return EvidenceSection.of(
                "machines",
                new Words("机器证书", "Machine certificates"),
                List.of(new Words("私钥由机器自己产生，从不离开机器。", "A machine makes its key itself; it never leaves.")),
                authorities(input.portrait()),
                issued(input.issued(), input.portrait().revocations()),
                revocations(input.portrait()));
    }

    private static EvidenceTable authorities(VaultPortrait portrait) {
        EvidenceTable.Filling authorities = EvidenceTable.of(
                "authorities",
                "subject|证书机构|authority",
                "algorithm|签名算法|signature",
                "serial|序列号|serial",
                "from|自|from",
                "to|至|to",
                "sm3|证书 SM3|SM3 of the certificate");
        for (byte[] der : portrait.authorities()) {
            X509Certificate certificate = Pem.certificate(der);
            authorities.row(
                    Words.plain(certificate.getSubjectX500Principal().getName()),
                    Words.plain(certificate.getSigAlgName()),
                    Words.plain(certificate.getSerialNumber().toString(16)),
                    Words.plain(certificate.getNotBefore().toInstant().toString()),
                    Words.plain(certificate.getNotAfter().toInstant().toString()),
                    Words.plain(Hex.of(Sm3.hash(der))));
        }
        return authorities.done();
    }

    private static EvidenceTable issued(List<IssuedMachine> issued, List<Revocation> revocations) {
        Set<BigInteger> revoked = revocations.stream().map(Revocation::serial).collect(Collectors.toSet());
        EvidenceTable.Filling table = EvidenceTable.of(
                "issued",
                "machine|机器|machine",
                "profile|配置|profile",
                "serial|序列号|serial",
                "from|自|from",
                "to|至|to",
                "revoked|已吊销|revoked",
                "key|公钥 SM3|SM3 of its key");
        issued.forEach(one -> table.row(
                Words.plain(one.name().toString()),
                Words.plain(one.profile().name()),
                Words.plain(one.serial().toString(16)),
                Words.plain(one.from().toString()),
                Words.plain(one.to().toString()),
                Words.yesNo(revoked.contains(one.serial())),
                Words.plain(Hex.of(one.keyHash()))));
        return table.done();
    }

    private static EvidenceTable revocations(VaultPortrait portrait) {
        EvidenceTable.Filling revoked =
                EvidenceTable.of("revocations", "serial|吊销序列号|revoked serial", "reason|原因|reason", "since|自|since");
        portrait.revocations()
                .forEach(one -> revoked.row(
                        Words.plain(one.serial().toString(16)),
                        new Words(one.reason().chinese(), one.reason().english()),
                        Words.plain(one.since().toString())));
        return revoked.done();
    }
}
