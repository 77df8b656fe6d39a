package io.zhitong.pos;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;

/**
 * How long the PSAM still sells (PSAM 租约状态).
 *
 * @param next number that it gives next
 * @param today the till's date
 */
record LeaseState(LeaseTerms terms, long next, LocalDate today) {
    /** The till warns from here on. */
    private static final int FEW_DAYS = 7;

    private static final int FEW_NUMBERS = 1_000;

    boolean over() {
        return terms.daysLeft(today) < 0 || terms.numbersLeft(next) == 0;
    }

    boolean endsSoon() {
        return terms.daysLeft(today) < FEW_DAYS || terms.numbersLeft(next) < FEW_NUMBERS;
    }

    /** For the cashier line, docs/pos.md. */
    String words() {
        String word = over() ? "over" : endsSoon() ? "ends-soon" : "good";
        return "lease " + word + " last " + Hex.of(CardTime.date4(terms.last())) + " numbers "
                + terms.numbersLeft(next);
    }
}
