package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.LeaseTerms;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a lease for every side of its ends: a week and a thousand numbers before, the last ones, behind them. */
class LeaseStateTest {
    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 0, good, 5001",
        "2026-12-25, 0, ends-soon, 5001",
        "2026-12-31, 0, ends-soon, 5001",
        "2027-01-01, 0, over, 5001",
        "2026-11-21, 4001, good, 1000",
        "2026-11-21, 4002, ends-soon, 999",
        "2026-11-21, 5000, ends-soon, 1",
        "2026-11-21, 5001, over, 0",
        "2026-11-21, 9999, over, 0",
        "2027-01-01, 9999, over, 0"
    })
    void words_of_a_lease_to_the_end_of_the_year_and_number_5000(
            LocalDate today, long next, String word, long numbers) {
        var state = new LeaseState(new LeaseTerms(LocalDate.of(2026, 12, 31), 5_000), next, today);
        assertEquals("lease " + word + " last 20261231 numbers " + numbers, state.words());
        assertEquals(word.equals("over"), state.over());
        assertEquals(!word.equals("good"), state.endsSoon());
    }
}
