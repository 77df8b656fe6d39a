package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a ceremony over a restart (仪式状态): version 1 (01) ‖ step 1 ‖ id 16 ‖ settings ‖ the vault's contribution
 * sized ‖ set id sized ‖ count 1 ‖ custodians ‖ transcript. No component, no share, no master. Immutable.
 *
 * @param contribution the vault's own component, 32 bytes until the shares are confirmed; nothing follows from it alone
 * @param setId of the shares once they were made
 */
record CeremonyState(
        CeremonyStep step,
        byte[] id,
        CeremonySettings settings,
        byte[] contribution,
        byte[] setId,
        List<CeremonyCustodian> custodians,
        Transcript transcript) {
    private static final int VERSION = 1;

    CeremonyState {
        id = id.clone();
        contribution = contribution.clone();
        setId = setId.clone();
        custodians = List.copyOf(custodians);
    }

    CeremonyState at(CeremonyStep next) {
        return new CeremonyState(next, id, settings, contribution, setId, custodians, transcript);
    }

    CeremonyState with(List<CeremonyCustodian> changed) {
        return new CeremonyState(step, id, settings, contribution, setId, changed, transcript);
    }

    CeremonyState with(CeremonyCustodian changed) {
        return with(custodians.stream()
                .map(each -> each.number() == changed.number() ? changed : each)
                .toList());
    }

    CeremonyState with(Transcript more) {
        return new CeremonyState(step, id, settings, contribution, setId, custodians, more);
    }

    CeremonyState withSet(byte[] newSetId) {
        return new CeremonyState(step, id, settings, contribution, newSetId, custodians, transcript);
    }

    CeremonyState withoutContribution() {
        return new CeremonyState(step, id, settings, new byte[0], setId, custodians, transcript);
    }

    CeremonyCustodian custodian(int number) {
        return custodians.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter().u8(VERSION).u8(step.code()).bytes(id);
        settings.encode(out);
        out.sized(contribution).sized(setId).u8(custodians.size());
        custodians.forEach(each -> each.encode(out));
        transcript.encode(out);
        return out.toByteArray();
    }

    static Optional<CeremonyState> decode(byte[] kept) {
        if (kept.length == 0) {
            return Optional.empty();
        }
        ByteReader in = new ByteReader(kept);
        if (in.u8() != VERSION) {
            throw new IllegalStateException("expected a ceremony of layout 1: this program is older than its store");
        }
        CeremonyStep step = CeremonyStep.of(in.u8());
        byte[] id = in.bytes(CeremonyStatus.ID);
        CeremonySettings settings = CeremonySettings.decode(in);
        byte[] contribution = in.sized();
        byte[] setId = in.sized();
        List<CeremonyCustodian> custodians = new ArrayList<>();
        for (int count = in.u8(); count > 0; count--) {
            custodians.add(CeremonyCustodian.decode(in));
        }
        Transcript transcript = Transcript.decode(in);
        in.end();
        return Optional.of(new CeremonyState(step, id, settings, contribution, setId, custodians, transcript));
    }
}
