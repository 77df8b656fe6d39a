package io.zhitong.keyvault.evidence;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyvault.audit.AuditExport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the document is made of (取证材料): answers of a running vault, and the program's own rules.
 *
 * @param portrait of the vault
 * @param door how its masters open
 * @param audit its chain, exported and verified just now
 * @param kinds how often each kind of record stands there
 * @param people custodians; empty when the vault keeps none
 * @param transcript of its ceremony; empty when there was none
 * @param register of key cards, shares and SAMs
 * @param issued machine certificates that are not long over
 * @param rules of the program
 */
public record EvidenceInput(
        VaultPortrait portrait,
        DoorState door,
        AuditExport.Verified audit,
        Map<AuditKind, Long> kinds,
        List<Custodian> people,
        Optional<String> transcript,
        List<CustodyItem> register,
        List<IssuedMachine> issued,
        Rules rules) {
    /**
     * Rules that are part of the program.
     *
     * @param carries which control key carries which keys into a card
     * @param operational signing keys of the operational compartment
     */
    public record Rules(Map<KeyUsage, Set<KeyUsage>> carries, Set<SigningKey> operational) {
        public Rules {
            carries = Map.copyOf(carries);
            operational = Set.copyOf(operational);
        }
    }

    public EvidenceInput {
        kinds = Map.copyOf(kinds);
        people = List.copyOf(people);
        register = List.copyOf(register);
        issued = List.copyOf(issued);
    }
}
