package io.zhitong.accessmodel;

import java.time.Instant;
import java.util.List;

/**
 * What a controller was found to hold (同步证明).
 *
 * @param inStep whether everything it can hold was read back or attested as it should be
 * @param version of the access list it was compared with
 * @param held how many credentials it holds
 * @param fingerprint of what was read; equal fingerprints mean equal contents
 * @param until when it should be brought in step again though nothing changes: a validity or a holiday begins or ends
 * @param shortfalls what it was asked to hold and cannot
 */
public record StepProof(
        boolean inStep, ListVersion version, long held, Hash fingerprint, Instant until, List<Shortfall> shortfalls) {

    public StepProof {
        shortfalls = List.copyOf(shortfalls);
    }
}
