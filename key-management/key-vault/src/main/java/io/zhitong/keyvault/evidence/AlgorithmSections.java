package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.machinetls.MachineProfile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which algorithms there are, and which demands of GB/T 39786 they serve. */
final class AlgorithmSections {
    private AlgorithmSections() {}

    static EvidenceSection algorithms(VaultPortrait portrait) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "algorithms",
                "key|编号|key",
                "name|算法|algorithm",
                "kind|类别|kind",
                "standard|标准|standard",
                "use|用处|used for",
                "classes|程序|in",
                "library|实现与版本|implementation and version");
        for (Catalogue.Line line : Catalogue.read("algorithms.tsv")) {
            table.row(
                    Words.plain(line.text("key")),
                    line.words(""),
                    kind(line.text("kind")),
                    Words.plain(line.text("standard")),
                    line.words("use"),
                    Words.plain(line.text("classes")),
                    Words.plain(libraries(line.text("library"), portrait)));
        }
        return EvidenceSection.of(
                "algorithms", new Words("密码算法清单", "Algorithm inventory"), where(portrait), table.done());
    }

    /** With masters in a device the table's last column is true of the other keys only. */
    private static List<Words> where(VaultPortrait portrait) {
        String home = portrait.fact("module.home");
        return home.equals("SoftModule")
                ? List.of()
                : List.of(new Words(
                        "主密钥与主密钥区签名密钥的运算由 " + home + " 完成，下表末列只适用于其余运算。",
                        "Masters and the signing keys beside them are computed with in " + home
                                + "; the last column is true of all else."));
    }

    private static Words kind(String kind) {
        return switch (kind) {
            case "national" -> new Words("国家密码标准", "national standard");
            case "industry" -> new Words("行业标准", "standard of the trade");
            case "international" -> new Words("国际算法", "international");
            case "legacy" -> new Words("遗留", "legacy");
            case "other" -> new Words("其他", "other");
            default -> throw new IllegalStateException("unknown kind of algorithm: " + kind);
        };
    }

    private static String libraries(String names, VaultPortrait portrait) {
        return Stream.of(names.split("\\+"))
                .map(name -> switch (name) {
                    case "own" -> "Zhitong " + portrait.fact("software.version");
                    case "bc" -> "BouncyCastle " + portrait.fact("bouncycastle.version");
                    case "jre" -> "Java " + portrait.fact("java.version") + ", " + portrait.fact("random");
                    default -> throw new IllegalStateException("unknown library: " + name);
                })
                .collect(Collectors.joining("; "));
    }

    static EvidenceSection suites() {
        EvidenceTable.Filling table =
                EvidenceTable.of("suites", "profile|配置|profile", "protocol|协议|protocol", "suite|密码套件|cipher suite");
        for (MachineProfile profile : MachineProfile.values()) {
            table.row(
                    new Words(profile.chinese() + " " + profile, profile.english() + " " + profile),
                    Words.plain("TLS 1.3"),
                    Words.plain(profile.suite()));
        }
        return EvidenceSection.of(
                "suites",
                new Words("通信密码套件", "Cipher suites between machines"),
                List.of(
                        new Words(
                                "每种配置只有一个套件，不可协商降级；密钥库自身只用 SM2 配置。",
                                "One suite for each profile, nothing to negotiate down; the vault itself uses the SM2 profile only.")),
                table.done());
    }

    static EvidenceSection aspects() {
        EvidenceTable.Filling table = EvidenceTable.of(
                "aspects",
                "aspect|层面|aspect",
                "demand|要求|demand",
                "covered|本系统|covered here",
                "here|如何满足|how",
                "sections|见|see",
                "operator|运营方应做|what the operator must do");
        for (Catalogue.Line line : Catalogue.read("aspects.tsv")) {
            table.row(
                    aspect(line.text("aspect")),
                    line.words(""),
                    covered(line.text("covered")),
                    line.words("here"),
                    Words.plain(line.text("sections")),
                    line.words("do"));
        }
        return EvidenceSection.of(
                "aspects",
                new Words("与 GB/T 39786 的对应", "Against GB/T 39786"),
                List.of(new Words(
                        "按要求的大意列出，不是测评结论；是否符合由测评机构判定。",
                        "Demands in our words, no verdict: whether they are met is for the assessor to say.")),
                table.done());
    }

    private static Words aspect(String aspect) {
        return switch (aspect) {
            case "physical" -> new Words("物理和环境安全", "physical and environment");
            case "network" -> new Words("网络和通信安全", "network and communication");
            case "computing" -> new Words("设备和计算安全", "devices and computing");
            case "application" -> new Words("应用和数据安全", "applications and data");
            case "keys" -> new Words("密钥管理", "key management");
            case "management" -> new Words("安全管理", "administration");
            default -> throw new IllegalStateException("unknown aspect: " + aspect);
        };
    }

    private static Words covered(String covered) {
        return switch (covered) {
            case "yes" -> new Words("提供", "provided");
            case "part" -> new Words("部分提供", "in part");
            case "no" -> new Words("不提供", "not provided");
            default -> throw new IllegalStateException("expected yes, part or no: " + covered);
        };
    }
}
