package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.custodian.CustodianEntry;
import io.zhitong.keyvault.custodian.CustodyNotes;
import io.zhitong.keyvault.custodian.PinGuard;
import io.zhitong.keyvault.store.KeptSection;
import io.zhitong.smcrypto.SecretBytes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A ceremony's state and transcript, written down together (仪式簿): one kept generation for each step. Also asks custodians'
 * PINs. Not thread-safe.
 */
final class CeremonyBook {
    /** Refusals are for the record; whoever types on and on shall not fill the disk with it. */
    private static final int MOST_RECORDS = 2_000;

    private final KeptSection kept;
    private final CustodyNotes notes;
    private final Clock clock;
    private Optional<CeremonyState> state;

    CeremonyBook(KeptSection kept, CustodyNotes notes, Clock clock) {
        this.kept = kept;
        this.notes = notes;
        this.clock = clock;
        this.state = CeremonyState.decode(kept.load());
    }

    Optional<CeremonyState> state() {
        return state;
    }

    /** The ceremony that runs. */
    CeremonyState running() {
        return state.filter(now -> now.step().running()).orElseThrow(() -> wrongStep("no ceremony runs: start one"));
    }

    /** The ceremony that runs, at one of these steps. */
    CeremonyState at(CeremonyStep... steps) {
        CeremonyState now = running();
        if (!List.of(steps).contains(now.step())) {
            throw wrongStep("the ceremony stands at: " + now.step().english());
        }
        return now;
    }

    /** The custodian, whose PIN is right. */
    CeremonyCustodian authenticated(int custodian, SecretBytes pin) {
        List<CustodianEntry> entries =
                running().custodians().stream().map(CeremonyCustodian::entry).toList();
        boolean locked = PinGuard.find(entries, custodian).locked();
        try {
            PinGuard.check(entries, custodian, pin, this::keepEntries);
            return running().custodian(custodian);
        } catch (KeyServiceException e) {
            throw locked ? e : refused(custodian, e);
        }
    }

    private void keepEntries(List<CustodianEntry> entries) {
        CeremonyState changed = running();
        for (CustodianEntry entry : entries) {
            changed = changed.with(changed.custodian(entry.number()).with(entry));
        }
        save(changed);
    }

    /** Writes a refusal down and gives it back to be thrown. */
    KeyServiceException refused(int custodian, KeyServiceException why) {
        if (running().transcript().lines().size() < MOST_RECORDS) {
            keep(running(), who(custodian), TranscriptKind.REFUSED, "custodian=" + custodian, "reason=" + why.reason());
        }
        return why;
    }

    /** Keeps the state with one more record. */
    void keep(CeremonyState changed, String who, TranscriptKind kind, String... facts) {
        note(who, kind);
        save(changed.with(record(changed.transcript(), kind, facts)));
    }

    /** Keeps the last state with its last records and the signature. */
    void end(CeremonyState last, int custodian, TranscriptKind kind, CeremonySigner signer) {
        note(who(custodian), kind);
        Transcript told = record(last.transcript(), kind, "custodian=" + custodian);
        save(last.with(List.<CeremonyCustodian>of()).with(told.ended(clock.instant(), signer::sign)));
    }

    Transcript record(Transcript so, TranscriptKind kind, String... facts) {
        return so.with(clock.instant(), kind, facts);
    }

    void note(String who, TranscriptKind kind) {
        notes.note(AuditKind.CEREMONY, who, kind.name());
    }

    void save(CeremonyState changed) {
        kept.save(changed.encode());
        state = Optional.of(changed);
    }

    static String who(int custodian) {
        return "custodian " + custodian;
    }

    static KeyServiceException wrongStep(String why) {
        return new KeyServiceException(KeyRefusal.CEREMONY_STEP, why);
    }
}
