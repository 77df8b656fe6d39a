package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.smcrypto.Hex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The masters, their usages, what each may do, and their life. */
final class KeySections {
    private KeySections() {}

    static EvidenceSection keys(VaultPortrait portrait) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "masters",
                "usage|用途|usage",
                "version|版本|version",
                "chain|分散路径|chain",
                "path|已用因子|factors applied",
                "state|状态|state",
                "kcv|校验值|KCV",
                "origin|来源|origin",
                "exportable|可导出|exportable",
                "from|自|from",
                "to|至|to",
                "custodian|责任人|custodian",
                "changed|状态变更|state since");
        portrait.masters().forEach(master -> table.row(master(master)));
        return EvidenceSection.of(
                "keys",
                new Words("主密钥清单", "Master keys"),
                List.of(new Words(
                        "校验值为 SM4-CMAC(K, 0¹⁶) 左 3 字节，只用于辨认。",
                        "KCV is the left 3 bytes of SM4-CMAC(K, 0¹⁶); it identifies and proves nothing.")),
                table.done());
    }

    private static List<Words> master(KeyListing master) {
        KeyTerms terms = master.terms();
        String path = master.path().isEmpty()
                ? "–"
                : master.path().stream().map(Hex::of).collect(Collectors.joining(" → "));
        return List.of(
                named(master.usage()),
                Words.plain(master.version()),
                new Words(
                        master.usage().chain().chinese(), master.usage().chain().english()),
                Words.plain(path),
                new Words(master.state().chinese(), master.state().english()),
                Words.plain(master.kcvText()),
                new Words(terms.origin().chinese(), terms.origin().english()),
                new Words(terms.exportability().chinese(), terms.exportability().english()),
                time(terms.from()),
                time(terms.to()),
                Words.plain(terms.custodian().isEmpty() ? "–" : terms.custodian()),
                time(master.changed()));
    }

    static Words time(long seconds) {
        return Words.plain(
                seconds == 0 ? "–" : Instant.ofEpochSecond(seconds).toString().replace('T', ' '));
    }

    private static Words named(KeyUsage usage) {
        return new Words(usage + " " + usage.chinese(), usage.english());
    }

    static EvidenceSection usages() {
        EvidenceTable.Filling table = EvidenceTable.of(
                "usages",
                "code|代码|code",
                "usage|用途|usage",
                "chain|分散路径|chain",
                "type|卡内类型|type on card",
                "algorithm|卡级算法|algorithm of the card's key");
        for (KeyUsage usage : KeyUsage.values()) {
            table.row(
                    Words.plain(usage.code()),
                    named(usage),
                    new Words(usage.chain().chinese(), usage.chain().english()),
                    Words.plain(usage.cardType() == 0 ? "–" : Integer.toHexString(usage.cardType())),
                    Words.plain(usage.tripleDes() ? "3DES" : "SM4"));
        }
        return EvidenceSection.of("usages", new Words("密钥用途", "Usages"), List.of(), table.done());
    }

    static EvidenceSection separation(EvidenceInput.Rules rules) {
        List<String> columns = new ArrayList<>(List.of("usage|用途|usage"));
        for (KeyOperation operation : KeyOperation.values()) {
            columns.add(
                    operation.name().toLowerCase(Locale.ROOT) + "|" + operation.chinese() + "|" + operation.english());
        }
        EvidenceTable.Filling table = EvidenceTable.of("operations", columns.toArray(String[]::new));
        for (KeyUsage usage : KeyUsage.values()) {
            List<Words> row = new ArrayList<>(List.of(named(usage)));
            Arrays.stream(KeyOperation.values())
                    .map(operation -> Words.plain(usage.allows(operation) ? "●" : ""))
                    .forEach(row::add);
            table.row(row);
        }
        return EvidenceSection.of(
                "separation",
                new Words("用途分离", "Separation of usages"),
                List.of(
                        new Words(
                                "● 之外一律拒绝；主密钥只能分散，或按用途装入 SAM，不能直接使用。",
                                "Everything without ● is refused; a master is derived from, or goes into a SAM where its usage says so.")),
                table.done(),
                carriers(rules));
    }

    private static EvidenceTable carriers(EvidenceInput.Rules rules) {
        EvidenceTable.Filling table = EvidenceTable.of("carriers", "control|主控密钥|control key", "keys|可装载|carries");
        for (KeyUsage control : KeyUsage.values()) {
            Set<KeyUsage> carried = rules.carries().getOrDefault(control, Set.of());
            if (!carried.isEmpty()) {
                table.row(
                        named(control),
                        Words.plain(carried.stream()
                                .sorted(Comparator.comparing(KeyUsage::code))
                                .map(KeyUsage::name)
                                .collect(Collectors.joining(" "))));
            }
        }
        return table.done();
    }

    static EvidenceSection lifeCycle(VaultPortrait portrait) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "states", "state|状态|state", "operations|可做|does", "next|可转为|may become", "masters|本库密钥数|masters here");
        for (KeyState state : KeyState.values()) {
            table.row(
                    new Words(state.chinese(), state.english()),
                    operations(state),
                    next(state),
                    Words.plain(portrait.masters().stream()
                            .filter(master -> master.state() == state)
                            .count()));
        }
        return EvidenceSection.of("life-cycle", new Words("密钥生命周期", "Life cycle"), List.of(), table.done());
    }

    private static Words operations(KeyState state) {
        List<KeyOperation> done =
                Arrays.stream(KeyOperation.values()).filter(state::allows).toList();
        if (done.isEmpty()) {
            return new Words("不可用", "nothing");
        }
        return done.size() == KeyOperation.values().length
                ? new Words("用途表所列全部", "all that its usage allows")
                : new Words(
                        done.stream().map(KeyOperation::chinese).collect(Collectors.joining("、")),
                        done.stream().map(KeyOperation::english).collect(Collectors.joining(", ")));
    }

    private static Words next(KeyState state) {
        List<KeyState> next =
                Arrays.stream(KeyState.values()).filter(state::mayBecome).toList();
        return next.isEmpty()
                ? Words.plain("–")
                : new Words(
                        next.stream().map(KeyState::chinese).collect(Collectors.joining("、")),
                        next.stream().map(KeyState::english).collect(Collectors.joining(", ")));
    }
}
