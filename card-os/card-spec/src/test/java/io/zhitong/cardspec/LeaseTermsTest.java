package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The eight bytes of a PSAM's lease. */
class LeaseTermsTest {
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

    @Test
    void bytes_are_those_of_the_manual() {
        assertEquals("2026123100000100", Hex.of(new LeaseTerms(LAST, 256).encode()));
        assertEquals(new LeaseTerms(LAST, 0xFFFFFFFFL), LeaseTerms.parse(Hex.parse("20261231ffffffff")));
    }

    @ParameterizedTest
    @CsvSource({"20261230, 1", "20261231, 0", "20270101, -1"})
    void last_day_still_sells(String day, long left) {
        LocalDate today = LocalDate.of(
                Integer.parseInt(day.substring(0, 4)),
                Integer.parseInt(day.substring(4, 6)),
                Integer.parseInt(day.substring(6)));
        assertEquals(left, new LeaseTerms(LAST, 1).daysLeft(today));
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "3, 1", "4, 0", "9, 0"})
    void highest_number_is_included(long next, long left) {
        assertEquals(left, new LeaseTerms(LAST, 3).numbersLeft(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000009", "2026023000000009", "2026110a00000009", "1999123100000009"})
    void what_is_no_day_is_over(String file) {
        assertEquals(new LeaseTerms(LocalDate.of(2000, 1, 1), 9), LeaseTerms.onModule(Hex.parse(file)));
        assertThrows(MalformedInput.class, () -> LeaseTerms.parse(Hex.parse(file)));
    }

    @Test
    void other_lengths_and_ranges_are_refused() {
        assertThrows(MalformedInput.class, () -> LeaseTerms.parse(new byte[7]));
        assertThrows(MalformedInput.class, () -> LeaseTerms.parse(new byte[9]));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTerms(LAST, -1));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTerms(LAST, 0x100000000L));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTerms(LocalDate.of(2100, 1, 1), 1));
        assertThrows(IllegalArgumentException.class, () -> new LeaseTerms(LocalDate.of(1999, 12, 31), 1));
    }
}
