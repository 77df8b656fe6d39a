package io.zhitong.backend.commerce;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A record that is not paid (待查项).
 *
 * @param psam PSAM serial; empty for bytes that are no purchase record
 * @param moneyMoved whether its amount stands on the suspense account
 */
public record SuspenseItem(
        String psam,
        long terminalSequence,
        SuspenseReason reason,
        long amountFen,
        long device,
        LocalDate businessDay,
        Instant noted,
        boolean moneyMoved) {}
