package io.zhitong.keyvault.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.Custodians;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.TurnedClock;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The vault's clock never shows less than it has shown; a guess at a PIN is counted before it is answered. */
class CarefulClockTest {
    private final TurnedClock turned = new TurnedClock();
    private final CarefulClock clock = new CarefulClock(turned, turned::monotonic);
    private final long start = turned.millis();

    private static KeyRefusal refusal(Executable act) {
        return assertThrows(KeyServiceException.class, act).reason();
    }

    @Test
    void time_that_passes_is_shown() {
        assertEquals(start, clock.now(0));
        turned.pass(Duration.ofMinutes(10));
        assertEquals(start + 600_000, clock.now(0));
    }

    @Test
    void two_seconds_of_correction_are_nothing_and_one_millisecond_more_is_a_clock_set_back() {
        turned.set(Duration.ofMillis(-2_000));
        assertEquals(start - 2_000, clock.now(0));
        turned.set(Duration.ofMillis(-1));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(0)));
    }

    @Test
    void clock_set_back_is_found_by_the_uptime_although_nothing_newer_was_kept() {
        turned.pass(Duration.ofMinutes(10));
        turned.set(Duration.ofMinutes(-5));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(0)), "later than the start, but set back");
    }

    @Test
    void clock_behind_what_is_kept_on_disk_is_found_at_the_first_look() {
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(start + 2_001)));
        assertEquals(start + 2_000, clock.now(start + 2_000), "within the slack the newest counts");
    }

    @Test
    void small_corrections_in_a_row_do_not_add_up_to_a_large_one() {
        for (int i = 0; i < 2; i++) {
            turned.set(Duration.ofMillis(-1_000));
            clock.now(0);
        }
        turned.set(Duration.ofMillis(-1_000));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(0)));
    }

    @Test
    void clock_set_forward_is_taken_and_does_not_go_back_again() {
        turned.set(Duration.ofHours(1));
        assertEquals(start + 3_600_000, clock.now(0));
        turned.set(Duration.ofHours(-1));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(0)));
        turned.pass(Duration.ofHours(1));
        assertEquals(KeyRefusal.CLOCK_BACK, refusal(() -> clock.now(0)), "an hour passes on both");
        turned.set(Duration.ofHours(1));
        assertEquals(start + 7_200_000, clock.now(0), "set right, all is well");
    }

    private static List<CustodianEntry> three() {
        List<CustodianEntry> three = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            PinVerifier pin =
                    PinVerifier.of(PinVerifierTest.pin("90210" + number), PinVerifierTest.CHEAP, RandomSource.secure());
            three.add(new CustodianEntry(number, "保管人" + number, 0, pin));
        }
        return three;
    }

    @Test
    void guess_is_kept_as_wrong_before_it_is_compared_and_cleared_when_it_was_right() {
        List<List<CustodianEntry>> kept = new ArrayList<>();
        CustodianEntry entry = PinGuard.check(three(), 2, PinVerifierTest.pin("902102"), kept::add);
        assertEquals(0, entry.wrongPins());
        assertEquals(
                List.of(0, 1, 0),
                kept.get(0).stream().map(CustodianEntry::wrongPins).toList());
        assertEquals(
                List.of(0, 0, 0),
                kept.get(1).stream().map(CustodianEntry::wrongPins).toList());
    }

    @Test
    void guess_that_could_not_be_kept_is_not_compared() {
        assertThrows(
                IllegalStateException.class,
                () -> PinGuard.check(three(), 1, PinVerifierTest.pin("902101"), entries -> {
                    throw new IllegalStateException("planted: no disk");
                }));
    }

    @Test
    void another_custodians_pin_is_a_wrong_one_and_the_fifth_locks_only_who_was_asked() {
        List<CustodianEntry> now = three();
        List<List<CustodianEntry>> kept = new ArrayList<>();
        for (int guess = 1; guess <= Custodians.MOST_WRONG_PINS; guess++) {
            List<CustodianEntry> before = now;
            KeyRefusal expected =
                    guess < Custodians.MOST_WRONG_PINS ? KeyRefusal.WRONG_PIN : KeyRefusal.CUSTODIAN_LOCKED;
            assertEquals(expected, refusal(() -> PinGuard.check(before, 1, PinVerifierTest.pin("902102"), kept::add)));
            now = kept.get(kept.size() - 1);
        }
        assertEquals(Custodians.MOST_WRONG_PINS, kept.size(), "once a guess");
        assertTrue(
                PinGuard.find(now, 1).locked() && PinGuard.find(now, 1).shown().locked());
        assertFalse(PinGuard.find(now, 2).locked());
        List<CustodianEntry> locked = now;
        assertEquals(
                KeyRefusal.CUSTODIAN_LOCKED,
                refusal(() -> PinGuard.check(locked, 1, PinVerifierTest.pin("902101"), kept::add)));
        assertEquals(Custodians.MOST_WRONG_PINS, kept.size(), "a locked one is not even counted");
        assertEquals(KeyRefusal.UNKNOWN_CUSTODIAN, refusal(() -> PinGuard.find(locked, 4)));
    }

    @Test
    void entry_survives_the_disk_and_a_new_pin_ends_the_row_of_wrong_ones() {
        CustodianEntry entry = three().get(0).withWrongPins(4);
        ByteWriter out = new ByteWriter();
        entry.encode(out);
        ByteReader in = new ByteReader(out.toByteArray());
        CustodianEntry read = CustodianEntry.decode(in);
        in.end();
        ByteWriter again = new ByteWriter();
        read.encode(again);
        assertEquals(Hex.of(out.toByteArray()), Hex.of(again.toByteArray()));
        assertEquals(4, read.wrongPins());
        assertTrue(read.pin().fits(PinVerifierTest.pin("902101")));
        assertEquals(0, read.withPin(read.pin()).wrongPins());
        assertThrows(IllegalArgumentException.class, () -> entry.withWrongPins(Custodians.MOST_WRONG_PINS + 1));
        assertThrows(IllegalArgumentException.class, () -> new CustodianEntry(0, "王芳", 0, entry.pin()));
        assertThrows(IllegalArgumentException.class, () -> new CustodianEntry(16, "王芳", 0, entry.pin()));
    }
}
