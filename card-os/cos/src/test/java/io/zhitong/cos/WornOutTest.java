package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.FedRandom;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.RandomExhausted;
import io.zhitong.smcrypto.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a chip's life: worn memory and a random source that runs dry take no money along. */
class WornOutTest {
    private static boolean alive(Bench card) {
        return !card.send("00A40000").equals("6581");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void purse_on_worn_memory_stops_with_6581_and_balance_counter_and_log_stay_together(int unit) {
        Bench card = Purses.personalise(Bench.blank(new NvmGeometry(16384, unit, unit == 64 ? 400 : 60)));
        long balance = 0;
        int loads = 0;
        String answer = "";
        while (!answer.equals("6581")) {
            String init = card.ok(Purses.initLoad(3));
            assertEquals(Purses.hex8(balance), init.substring(0, 8));
            answer = card.send(Purses.credit(3, init));
            if (answer.endsWith("9000")) {
                balance += 3;
                loads++;
            }
            assertTrue(loads < 6000, "it wears out");
        }
        assertTrue(loads > 5, "loads " + loads);
        String mute = card.send("805C000204") + card.send("00A40000") + card.send("");
        assertEquals("658165816581", mute, "mute until reset");
        afterwards(card, balance, loads);
    }

    private static void afterwards(Bench card, long balance, int loads) {
        card.reset();
        assertTrue(alive(card));
        card.ok(Purses.SELECT);
        long found = Purses.balance(card);
        boolean done = found == balance + 3;
        assertTrue(done || found == balance, "balance " + found);
        int expected = loads + (done ? 1 : 0);
        card.expect("00B201C402", "6C17");
        String newest = card.ok("00B201C400");
        assertEquals(expected, Integer.parseInt(newest.substring(0, 4), 16));
        assertEquals(expected, Integer.parseInt(card.ok(Purses.initLoad(0)).substring(8, 12), 16));
    }

    @Test
    void sam_on_worn_memory_gives_no_number_twice() {
        Nvm worn = Nvm.inMemory(new NvmGeometry(16384, 4, 25));
        Bench sam = SamTest.personalise(worn);
        long last = -1;
        for (int i = 0; ; i++) {
            String answer = sam.send(SamTest.INIT);
            if (answer.equals("6581")) {
                assertTrue(i > 1000, "numbers given: " + i);
                break;
            }
            assertEquals(++last, Long.parseLong(answer.substring(0, 8), 16));
        }
        sam.reset();
        sam.ok("00A4000002DF02");
        String next = sam.send(SamTest.INIT);
        assertTrue(next.equals("6581") || Long.parseLong(next.substring(0, 8), 16) > last, next);
    }

    /** INIT (number), CREDIT (try away, try back): three commits. */
    @Test
    void sam_of_the_stated_chip_lives_ten_million_purchases() {
        Nvm nvm = SamTest.personalise().card().nvm();
        Bench sam = Bench.on(nvm, Bench.seeded(1));
        int purchases = 2000;
        int before = wear(nvm);
        for (int i = 0; i < purchases; i++) {
            sam.ok(TearMoreTest.confirmed(sam));
        }
        int worn = wear(nvm) - before;
        long life = (long) (nvm.geometry().endurance() - before) * purchases / worn;
        assertTrue(life >= 10_000_000, "purchases in a SAM's life: " + life);
        System.out.println("purchases in the life of a SAM: " + life);
    }

    private static int wear(Nvm nvm) {
        int most = 0;
        for (int unit = 0; unit < nvm.geometry().units(); unit++) {
            most = Math.max(most, nvm.wear(unit));
        }
        return most;
    }

    @Test
    void resident_card_of_the_stated_chip_lives_three_million_loads() {
        Bench card = Purses.personalise(Bench.blank());
        Nvm nvm = card.card().nvm();
        Purses.load(card, 1);
        int before = wear(nvm);
        int loads = 1000;
        for (int i = 0; i < loads; i++) {
            Purses.load(card, 1);
        }
        long life = (long) (nvm.geometry().endurance() - before) * loads / (wear(nvm) - before);
        assertTrue(life >= 3_000_000, "loads in a card's life: " + life);
        System.out.println("loads in the life of a card: " + life);
    }

    @Test
    void random_source_that_runs_dry_ends_the_session_and_changes_nothing() {
        Bench card = Purses.personalise(Bench.blank());
        Purses.load(card, 100);
        String before = card.dump();
        Bench dry = Bench.on(card.card().nvm(), new FedRandom(Hex.parse("010203")));
        dry.ok(Purses.SELECT);
        assertThrows(RandomExhausted.class, () -> dry.send(Purses.initPurchase(1)));
        assertThrows(RandomExhausted.class, () -> dry.send("0084000008"));
        dry.expect("805C000204", "00000064 9000");
        assertEquals(before, dry.dump());
    }

    @Test
    void card_that_lost_power_in_its_recovery_has_none_until_the_next_reset() {
        Bench card = Purses.personalise(Bench.blank(new NvmGeometry(32768, 64, 1_000_000)));
        String credit = Purses.credit(5, card.ok(Purses.initLoad(5)));
        Nvm nvm = card.card().nvm();
        // torn late enough that the recovery has something to write
        for (int late = 40; late > 0; late--) {
            Bench copy = Bench.on(nvm.copy(), Bench.seeded(1));
            copy.ok(Purses.SELECT);
            String again = Purses.credit(5, copy.ok(Purses.initLoad(5)));
            copy.card().nvm().cutPower(new io.zhitong.cos.chip.PowerCut(late, io.zhitong.cos.chip.TornContent.NEW));
            try {
                copy.send(again);
                continue;
            } catch (PowerLoss e) {
                copy.card().nvm().cutPower(new io.zhitong.cos.chip.PowerCut(1, io.zhitong.cos.chip.TornContent.OLD));
            }
            try {
                copy.reset();
            } catch (PowerLoss e) {
                assertThrows(PowerLoss.class, () -> copy.send("00A40000"));
                copy.reset();
                copy.ok(Purses.SELECT);
                assertTrue(Purses.balance(copy) % 5 == 0);
                return;
            }
        }
        throw new AssertionError("no cut reached the recovery: " + credit);
    }
}
