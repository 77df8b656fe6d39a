package io.zhitong.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cardterminal.air.AirLink;
import io.zhitong.cardterminal.air.AirRate;
import io.zhitong.cardterminal.air.ChipModel;
import io.zhitong.cardterminal.air.Tally;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

/** Each benchmark really does what it says, once: a benchmark of a refusal would be fast. */
class FiguresTest {
    @Test
    void every_figure_has_a_name_of_its_own_and_a_limit_beside_it() throws ReflectiveOperationException {
        Set<String> names = new HashSet<>();
        for (Figure figure : Figure.values()) {
            assertTrue(names.add(figure.label()));
            for (String method : new String[] {"figure", "limit"}) {
                assertTrue(figure.benchmark().getMethod(method).isAnnotationPresent(Benchmark.class));
            }
            assertEquals(Optional.of(figure), Figure.named(figure.label()));
        }
    }

    @Test
    void unknown_name_is_no_figure() {
        assertEquals(Optional.empty(), Figure.named("Purchase"));
    }

    @Test
    void a_purchase_takes_one_fen_of_a_loaded_card_and_counts_on() {
        var bench = new PurchaseBench();
        var first = (PurchaseOutcome.Paid) bench.figure();
        var second = (PurchaseOutcome.Paid) bench.figure();
        assertEquals(1, first.record().balance() - second.record().balance());
        assertEquals(first.record().terminalSeq() + 1, second.record().terminalSeq());
        bench.newCards();
        assertEquals(999_999, ((PurchaseOutcome.Paid) bench.figure()).record().balance());
        bench.close();
    }

    @Test
    void a_sealed_access_succeeds_more_often_than_one_power_up_allows() {
        var bench = new SealedAccessBench();
        for (int i = 0; i < 10; i++) {
            assertNotNull(bench.figure());
        }
        assertNotNull(bench.limit());
        bench.close();
    }

    @Test
    void a_compound_purchase_goes_in_and_out_by_turns() {
        var bench = new CappBench();
        for (int i = 0; i < 4; i++) {
            var paid = (PurchaseOutcome.Paid) bench.figure();
            assertEquals(i % 2, paid.record().amount());
        }
        bench.newCards();
        assertEquals(0, ((PurchaseOutcome.Paid) bench.figure()).record().amount());
        assertNotNull(bench.limit());
    }

    @Test
    void a_private_access_succeeds_more_often_than_one_power_up_allows() {
        var bench = new PrivateAccessBench();
        for (int i = 0; i < 10; i++) {
            assertNotNull(bench.figure());
        }
        assertNotNull(bench.limit());
    }

    @Test
    void every_transaction_on_the_air_is_counted_and_stays_within_its_budget() {
        Map<String, Double> budgets =
                Map.of("purchase", 18.0, "CAPP", 29.0, "fast", 16.0, "sealed", 39.0, "private", 50.0);
        try (var onAir = new OnAir()) {
            Map<String, Crossing> rows =
                    onAir.rows().stream().collect(Collectors.toMap(Crossing::name, Function.identity()));
            budgets.forEach((name, most) -> {
                Tally card = rows.get(name).card();
                double millis = AirLink.USUAL.millis(card, AirRate.KBIT_106);
                assertTrue(millis > most - 1.5 && millis <= most, name + " " + millis);
                assertTrue(millis + ChipModel.STATED.millis(card) <= 300, name);
            });
            assertEquals(2, rows.get("purchase").sam().exchanges());
            rows.values()
                    .forEach(row -> assertEquals(
                            13, row.line().chars().filter(c -> c == '|').count()));
        }
        assertTrue(Crossing.head()
                .lines()
                .allMatch(line -> line.chars().filter(c -> c == '|').count() == 13));
    }

    @Test
    void a_fast_access_succeeds_with_a_made_sam() {
        var bench = new FastAccessBench();
        assertNotNull(bench.figure());
        bench.close();
    }

    @Test
    void every_one_of_ten_thousand_credentials_is_granted() {
        var bench = new DecisionBench();
        for (int i = 0; i < 10_000; i++) {
            assertNotNull(bench.figure());
            assertNotNull(bench.limit());
        }
    }

    @Test
    void bare_sm4_chains_the_published_block_function() {
        byte[] expected = new byte[16];
        byte[] key = new byte[16];
        for (int i = 0; i < 3; i++) {
            expected = Sm4.encryptBlock(key, expected);
        }
        assertArrayEquals(expected, new BareSm4().run(2, 3));
    }

    @Test
    void sm2_figures_sign_and_verify() {
        assertEquals(64, new Sm2SignBench().figure().length);
        assertTrue(new Sm2VerifyBench().figure());
        assertTrue(new Sm2VerifyBench().limit());
        assertFalse(Arrays.equals(new Sm2SignBench().limit(), new Sm2SignBench().limit()));
    }

    /** The limit takes as many steps as the figure: its last block is the chain of published block functions. */
    @Test
    void a_diversification_and_its_limit_take_the_same_steps() {
        var bench = new DiversifyBench();
        byte[] key = new byte[16];
        byte[] city = Hex.parse("4403ff0000000000bbfc00ffffffffff");
        byte[] last = Hex.parse("00000000000003e7fffffffffffffc18");
        byte[] card = Sm4.encryptBlock(Sm4.encryptBlock(key, city), last);
        assertArrayEquals(Sm4.encryptBlock(card, new byte[16]), bench.figure());
        byte[] once = Sm4.encryptBlock(key, new byte[16]);
        byte[] factor = once.clone();
        factor[0] = 0;
        byte[] twice = Sm4.encryptBlock(once, factor);
        assertArrayEquals(Sm4.encryptBlock(twice, twice), new BareSm4().derive(1, 2));
        assertEquals(16, bench.limit().length);
    }

    @Test
    void a_signature_through_the_soft_module_has_64_bytes() {
        assertEquals(64, new SoftSignBench().figure().length);
        assertTrue(new SoftSignBench().limit().length > 64);
    }

    @Test
    void key_sets_have_eight_blocks_and_a_delivery_is_measured_and_leaves_no_file() throws IOException {
        var bench = new KeySetBench();
        assertEquals(8 * (16 + 5 + 32 + 64 + 32), bench.figure());
        assertEquals(16, bench.limit().length);
        bench.close();
        KeySetDelivery delivery = KeySetDelivery.measure(1_200);
        assertEquals(1_200L * 8 * 149, delivery.bytes());
        assertTrue(delivery.seconds() > 0 && delivery.processor() >= 0);
        assertTrue(delivery.line().contains("1,200 cards of 8 keys"), delivery.line());
    }

    @Test
    void sm4_figures_answer_a_block() {
        assertEquals("9f1f7bff6f5511384d9430531e538fd3", Hex.of(new Sm4BlockBench().figure()));
        assertEquals(16, new Sm4MacBench().figure().length);
    }

    @Test
    void an_append_is_numbered_and_the_bare_page_written() throws IOException {
        var bench = new JournalAppendBench();
        long first = bench.figure().sequence();
        assertEquals(first + 1, bench.figure().sequence());
        assertEquals(4_096, bench.limit());
        bench.close();
    }

    @Test
    void an_event_is_acknowledged_and_bytes_are_echoed() {
        var bench = new LinkRoundTripBench();
        assertEquals(1, bench.figure());
        assertEquals(2, bench.figure());
        assertTrue(bench.limit().length > 40);
        bench.close();
    }

    @Test
    void a_card_answers_through_pcscd_and_over_a_bare_socket() throws IOException {
        Assumptions.assumeTrue(
                Figure.PCSC_APDU.missing().isEmpty(),
                () -> "needs the Debian package " + Figure.PCSC_APDU.missing().orElse(""));
        var bench = new PcscApduBench();
        assertArrayEquals(bench.figure(), bench.limit());
        bench.close();
    }
}
