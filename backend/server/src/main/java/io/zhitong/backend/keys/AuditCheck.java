package io.zhitong.backend.keys;

import io.zhitong.backend.keys.BrokenAuditException.Reason;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks what the chain alone does not show (检查点核对): signatures, and that kept checkpoints still stand there. Not thread-safe. */
final class AuditCheck {
    private final Sm2PublicKey auditKey;
    private final Map<Long, AuditCheckpoint> known;
    private final Set<Long> met = new HashSet<>();
    private int checkpoints;
    private long coveredTo;

    /** @param known checkpoints that somebody kept, by number */
    AuditCheck(Sm2PublicKey auditKey, Map<Long, AuditCheckpoint> known) {
        this.auditKey = auditKey;
        this.known = Map.copyOf(known);
    }

    void accept(AuditReading.Link link) {
        AuditLine line = link.line();
        if (line.checkpoint()) {
            byte[] signed = AuditCheckpoint.signed(line.number(), link.before());
            if (!Sm2.verify(auditKey, signed, line.signature())) {
                throw new BrokenAuditException(line.number(), Reason.SIGNATURE);
            }
            checkpoints++;
            coveredTo = line.number();
        }
        AuditCheckpoint kept = known.get(line.number());
        if (kept != null) {
            if (!line.checkpoint() || !Arrays.equals(kept.hash(), link.before())) {
                throw new BrokenAuditException(line.number(), Reason.WITNESS);
            }
            met.add(line.number());
        }
    }

    /** Each kept checkpoint must have been met; numbers that leapt over one lost records. */
    void requireAllMet() {
        known.keySet().stream()
                .filter(number -> !met.contains(number))
                .min(Long::compare)
                .ifPresent(lost -> {
                    throw new BrokenAuditException(lost, Reason.MISSING);
                });
    }

    int checkpoints() {
        return checkpoints;
    }

    int witnesses() {
        return met.size();
    }

    long coveredTo() {
        return coveredTo;
    }
}
