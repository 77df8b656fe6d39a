package io.zhitong.backend.cards;

import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.cardspec.LeaseTerms;
import java.time.LocalDate;
import java.util.Optional;

/** When a till's PSAM gets a longer lease, and how long (PSAM 续租规则); docs/pos.md. */
final class LeaseRule {
    private static final int DAYS = 30;
    private static final int DAYS_LEFT = 20;
    private static final int NUMBERS = 100_000;
    private static final int NUMBERS_LEFT = 50_000;
    private static final long MOST = 0xFFFFFFFFL;

    private LeaseRule() {}

    /** The terms to ask the vault for; empty while the present ones reach far enough. */
    static Optional<LeaseTerms> due(LeaseChallenge told, LocalDate today) {
        LeaseTerms now = told.lease();
        // At the end of the numbers a longer lease gives no more of them.
        boolean few = now.highest() < MOST && now.numbersLeft(told.next()) < NUMBERS_LEFT;
        if (!few && now.daysLeft(today) >= DAYS_LEFT) {
            return Optional.empty();
        }
        long highest = few ? Math.min(MOST, now.highest() + NUMBERS) : now.highest();
        return Optional.of(new LeaseTerms(today.plusDays(DAYS), highest));
    }
}
