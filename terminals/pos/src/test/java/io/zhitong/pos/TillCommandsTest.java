package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cos.Card;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the cashier line, as docs/pos.md says them. */
@Timeout(60)
class TillCommandsTest {
    private final MemoryLog log = new MemoryLog();
    private final OpenPurchases journal = OpenPurchases.read(log);
    private final Card card = TestCards.card(TestCards.CHEN, 10_000);
    private final HandReader reader = HandReader.with(card);
    private final TillCommands commands = new TillCommands(
            new Till(
                    reader,
                    new SamSlot(HandReader.with(TestCards.psam())),
                    journal,
                    CardAcceptance.EVERY,
                    () -> LocalDateTime.of(2026, 11, 21, 15, 30),
                    new Till.Patience(Duration.ofSeconds(20), Duration.ofMillis(20))),
            journal);

    @Test
    void sale_is_answered_by_its_result() {
        assertTrue(commands.apply("sale 350").startsWith("paid 350 balance 9650 card 0000" + TestCards.CHEN + " "));
        assertTrue(commands.apply("sale 9651").startsWith("refused FUNDS_TOO_LOW 余额不足 · "));
        assertEquals(9_650, TestCards.balance(card));
    }

    @Test
    void status_counts_what_is_in_doubt() {
        assertEquals("ready in-doubt 0", commands.apply("status"));
        reader.leavesAt(0x54, HandReader.Leaving.AFTER);
        assertTrue(commands.apply("sale 1").startsWith("unknown GIVEN_UP "));
        assertEquals("ready in-doubt 1", commands.apply("status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sale 0", "sale 2147483648", "sale 9999999999"})
    void amount_the_till_cannot_take_is_refused(String line) {
        assertTrue(commands.apply(line).startsWith("refused AMOUNT "), commands.apply(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sale",
                "sale ",
                "sale -1",
                "sale +1",
                "sale 1.00",
                "sale 1 2",
                "SALE 1",
                "sale  1",
                "sale 12345678901",
                "sale ١",
                "Status",
                "status now",
                "quit"
            })
    void anything_else_is_an_error_that_repeats_nothing_of_it(String line) {
        assertEquals("error expected: sale FEN | status", commands.apply(line));
        assertEquals(10_000, TestCards.balance(card));
    }
}
