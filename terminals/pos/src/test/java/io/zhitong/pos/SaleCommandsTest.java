package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SaleRequest;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cos.Card;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sales that the backend asks for. */
@Timeout(60)
class SaleCommandsTest {
    private final Card card = TestCards.card(TestCards.CHEN, 10_000);
    private final HandReader reader = HandReader.with(card);
    private final Till till = new Till(
            reader,
            new SamSlot(HandReader.with(TestCards.psam())),
            OpenPurchases.read(new MemoryLog()),
            CardAcceptance.EVERY,
            () -> LocalDateTime.of(2026, 11, 21, 15, 30),
            new Till.Patience(Duration.ofSeconds(20), Duration.ofMillis(20)));
    private final BlockingQueue<CommandAnswer> answers = new LinkedBlockingQueue<>();

    private static CommandOrder order(Octets args) {
        return new CommandOrder(
                new CommunityId(1),
                new DeviceId(43),
                new JournalId(7),
                Octets.of(new byte[16]),
                CommandKind.SALE,
                new PointId(1),
                1_795_262_400_000L,
                1_795_262_460_000L,
                Octets.of(Hex.parse("000102030405060708090a0b0c0d0e0f")),
                args,
                "desk",
                "");
    }

    private CommandAnswer answer() throws InterruptedException {
        return answers.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void sale_is_carried_out_and_answered_once_with_the_key_of_its_order() throws InterruptedException {
        CommandOrder order = order(new SaleRequest(250, "T-1").encode());
        try (SaleCommands commands = new SaleCommands(till)) {
            commands.carryOut(order, answers::add);
            assertEquals(CommandAnswer.of(order, Stage.EXECUTED), answer());
        }
        assertEquals(9_750, TestCards.balance(card));
        assertEquals(0, answers.size());
    }

    @Test
    void sale_that_does_not_come_about_has_failed() throws InterruptedException {
        CommandOrder order = order(new SaleRequest(10_001, "").encode());
        try (SaleCommands commands = new SaleCommands(till)) {
            commands.carryOut(order, answers::add);
            assertEquals(CommandAnswer.refused(order, CommandRefusal.FAILED), answer());
        }
        assertEquals(10_000, TestCards.balance(card));
    }

    @Test
    void torn_sale_is_not_called_carried_out() throws InterruptedException {
        reader.leavesAt(0x54, HandReader.Leaving.AFTER);
        CommandOrder order = order(new SaleRequest(100, "").encode());
        try (SaleCommands commands = new SaleCommands(till)) {
            commands.carryOut(order, answers::add);
            assertEquals(CommandAnswer.refused(order, CommandRefusal.FAILED), answer());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000064", "000000000000", "800000000000", "00000064000241", "0000006400014141"})
    void arguments_that_are_no_request_are_malformed_and_touch_no_card(String hex) throws InterruptedException {
        CommandOrder order = order(Octets.of(Hex.parse(hex)));
        try (SaleCommands commands = new SaleCommands(till)) {
            commands.carryOut(order, answers::add);
            assertEquals(CommandAnswer.refused(order, CommandRefusal.MALFORMED), answer());
        }
        assertEquals(0, reader.powered());
    }

    @Test
    void till_with_a_customer_is_busy() throws InterruptedException {
        CommandOrder order = order(new SaleRequest(100, "").encode());
        try (SaleCommands commands = new SaleCommands(till)) {
            reader.atCommand(0x54, () -> commands.carryOut(order, answers::add));
            till.sell(1);
            assertEquals(CommandAnswer.refused(order, CommandRefusal.BUSY), answer());
        }
        assertEquals(9_999, TestCards.balance(card));
    }

    @Test
    void program_that_stops_begins_no_sale() throws InterruptedException {
        SaleCommands commands = new SaleCommands(till);
        commands.close();
        CommandOrder order = order(new SaleRequest(100, "").encode());
        commands.carryOut(order, answers::add);
        assertEquals(CommandAnswer.refused(order, CommandRefusal.FAILED), answer());
        assertEquals(10_000, TestCards.balance(card));
    }
}
