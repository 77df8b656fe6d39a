package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.VaultMark;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyapi.VaultState;
import java.util.List;
import java.util.function.Predicate;

/** What is not as it should be in production (偏离), found in the live state; what always holds of the program too. */
final class Deviations {
    private Deviations() {}

    static EvidenceSection section(EvidenceInput input, Ceremony ceremony) {
        EvidenceTable.Filling table = EvidenceTable.of(
                "deviations", "key|编号|key", "what|偏离|deviation", "operator|运营方应做|what the operator must do");
        for (Catalogue.Line line : Catalogue.read("deviations.tsv")) {
            if (open(line.text("key"), input, ceremony)) {
                table.row(Words.plain(line.text("key")), line.words(""), line.words("do"));
            }
        }
        return EvidenceSection.of("deviations", new Words("未消除的偏离", "Open deviations"), List.of(), table.done());
    }

    private static boolean open(String key, EvidenceInput input, Ceremony ceremony) {
        VaultPortrait portrait = input.portrait();
        return switch (key) {
            case "soft-module" -> soft(portrait, "module.home");
            case "soft-operational" -> soft(portrait, "module.operational");
            case "timing" -> soft(portrait, "module.home") || soft(portrait, "module.operational");
            case "demo-quorum" -> portrait.status().demoQuorum();
            case "restored" -> portrait.status().state() == VaultState.RESTORED;
            case "rehearsal" -> portrait.status().mark() == VaultMark.REHEARSAL || ceremony.rehearsal();
            case "no-ceremony" -> !ceremony.held();
            case "no-custodians" -> input.people().isEmpty();
            case "masters-closed" -> !portrait.mastersShown();
            case "legacy-3des" ->
                any(portrait, master -> master.usage().tripleDes() && master.state() == KeyState.ACTIVE);
            case "exportable" -> any(portrait, master -> master.terms().exportability() != Exportability.NEVER);
            case "compromised" -> any(portrait, master -> master.state() == KeyState.COMPROMISED);
            case "no-end" -> any(portrait, master -> master.terms().to() == 0 && master.state() != KeyState.DESTROYED);
            case "machine-share", "memory", "tlcp", "international", "scope" -> true;
            default -> throw new IllegalStateException("no rule says when the deviation is open: " + key);
        };
    }

    private static boolean soft(VaultPortrait portrait, String fact) {
        return portrait.fact(fact).equals("SoftModule");
    }

    private static boolean any(VaultPortrait portrait, Predicate<KeyListing> is) {
        return portrait.masters().stream().anyMatch(is);
    }
}
