package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.smcrypto.Hex;
import java.util.List;

/** The vault in short, its module, its audit. */
final class SummarySections {
    private SummarySections() {}

    private static EvidenceTable.Filling facts(String key) {
        return EvidenceTable.of(key, "what|项目|item", "value|内容|value");
    }

    static EvidenceSection summary(EvidenceInput input) {
        VaultPortrait portrait = input.portrait();
        VaultStatus status = portrait.status();
        EvidenceTable.Filling table = facts("state")
                .row(
                        new Words("状态", "state"),
                        new Words(status.state().chinese(), status.state().english()))
                .row(new Words("主密钥标记", "mark of the masters"), mark(status.mark()))
                .row(new Words("运行区代次", "generation of the operational compartment"), Words.plain(status.generation()))
                .row(new Words("主密钥数", "masters"), masters(portrait))
                .row(new Words("审计位置", "audit position"), Words.plain(position(status)));
        portrait.facts().forEach(fact -> table.row(named(fact.name()), Words.plain(fact.value())));
        return EvidenceSection.of(
                "summary",
                new Words("概况", "Summary"),
                List.of(new Words("取自运行中的密钥库，不含任何密钥。", "Drawn from the running vault; it holds no key.")),
                table.done());
    }

    private static Words mark(VaultMark mark) {
        return mark == VaultMark.NONE ? new Words("无", "none") : new Words(mark.chinese(), mark.english());
    }

    private static Words named(String fact) {
        return switch (fact) {
            case "module.home" -> new Words("主密钥所在模块", fact);
            case "module.operational" -> new Words("运行区密钥所在模块", fact);
            case "module.algorithms" -> new Words("模块算法", fact);
            case "software.version" -> new Words("软件版本", fact);
            case "java.version" -> new Words("Java 版本", fact);
            case "os" -> new Words("操作系统", fact);
            case "bouncycastle.version" -> new Words("密码库版本", fact);
            case "random" -> new Words("随机数来源", fact);
            default -> Words.plain(fact);
        };
    }

    private static Words masters(VaultPortrait portrait) {
        return portrait.mastersShown()
                ? Words.plain(portrait.masters().size())
                : new Words("主密钥区未开启，未列出", "not listed, the master compartment is closed");
    }

    private static String position(VaultStatus status) {
        return status.auditNumber() + ":" + Hex.of(status.auditHash());
    }

    static EvidenceSection module(EvidenceInput input) {
        VaultPortrait portrait = input.portrait();
        return EvidenceSection.of(
                "module",
                new Words("密码模块", "Cryptographic module"),
                List.of(new Words(
                        "GB/T 39786 第三级要求达到 GB/T 37092 二级及以上的密码产品；下表为本库实际所用模块的自述。",
                        "Level 3 of GB/T 39786 asks for a product of level 2 of GB/T 37092; the table is what this vault's module"
                                + " says of itself.")),
                facts("module")
                        .row(
                                new Words("模块自述", "attestation"),
                                Words.plain(portrait.status().module()))
                        .row(new Words("主密钥所在模块", "home of the masters"), Words.plain(portrait.fact("module.home")))
                        .row(
                                new Words("运行区密钥所在模块", "home of the operational keys"),
                                Words.plain(portrait.fact("module.operational")))
                        .row(new Words("算法", "algorithms"), Words.plain(portrait.fact("module.algorithms")))
                        .row(new Words("随机数", "random numbers"), Words.plain(portrait.fact("random")))
                        .done());
    }

    static EvidenceSection audit(EvidenceInput input) {
        AuditExport.Verified audit = input.audit();
        EvidenceTable.Filling kinds = EvidenceTable.of("kinds", "code|代码|code", "kind|事件|kind", "records|条数|records");
        for (AuditKind kind : AuditKind.values()) {
            kinds.row(
                    Words.plain(kind.code()),
                    new Words(kind.chinese(), kind.english()),
                    Words.plain(input.kinds().getOrDefault(kind, 0L)));
        }
        return EvidenceSection.of(
                "audit",
                new Words("审计链", "Audit chain"),
                List.of(new Words(
                        "取证时已导出为 audit.export，并以 audit.pem 校验；zt keys audit verify 可离线复核。",
                        "Exported as audit.export and verified with audit.pem while this was made; zt keys audit verify"
                                + " repeats it offline.")),
                facts("chain")
                        .row(
                                new Words("完整记录", "intact records"),
                                Words.plain("1 – " + audit.end().number()))
                        .row(new Words("签名检查点", "signed checkpoints"), Words.plain(audit.checkpoints()))
                        .row(new Words("签名覆盖至", "covered by signatures to"), Words.plain(audit.coveredTo()))
                        .row(
                                new Words("最新杂凑值", "newest hash"),
                                Words.plain(Hex.of(audit.end().hash())))
                        .done(),
                kinds.done());
    }
}
