package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.LeaseChallenge;
import io.zhitong.accessmodel.LeaseRenewal;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cos.Card;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A till whose PSAM is leased: it warns, it stops, it is renewed over the link; a stolen one dies by date and by count. */
@Timeout(60)
class LeaseTest {
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

    private final MemoryLog log = new MemoryLog();
    private final Card chen = TestCards.card(TestCards.CHEN, 10_000);
    private final HandReader reader = HandReader.with(chen);
    private final HandReader slot = HandReader.with(TestCards.leasedPsam(new LeaseTerms(LAST, 2_000)));
    private LocalDateTime now = LocalDateTime.of(2026, 11, 21, 15, 30);
    private final OpenPurchases journal = OpenPurchases.read(log);
    private final Till till = new Till(
            reader,
            new SamSlot(slot),
            journal,
            CardAcceptance.EVERY,
            () -> now,
            new Till.Patience(Duration.ofSeconds(20), Duration.ofMillis(20)));
    private final TillCommands line = new TillCommands(till, journal);
    private final LeaseCommands commands = new LeaseCommands(till.lease());
    private final List<CommandAnswer> answers = new ArrayList<>();

    private static CommandOrder order(CommandKind kind, Octets args) {
        return new CommandOrder(
                new CommunityId(1),
                new DeviceId(43),
                new JournalId(7),
                Octets.of(new byte[16]),
                kind,
                PointId.DEVICE,
                1,
                2,
                Octets.of(new byte[16]),
                args,
                "",
                "");
    }

    private CommandAnswer challenge() {
        commands.challenge(order(CommandKind.LEASE_CHALLENGE, Octets.EMPTY), answers::add);
        return last();
    }

    private CommandAnswer renew(LeaseTerms terms, byte[] challenge) {
        var renewal = new LeaseRenewal(terms, Octets.of(TestCards.leaseMac(terms, challenge)));
        commands.renew(order(CommandKind.LEASE_RENEWAL, renewal.encode()), answers::add);
        return last();
    }

    private CommandAnswer last() {
        return answers.get(answers.size() - 1);
    }

    private static byte[] drawn(CommandAnswer answer) {
        return LeaseChallenge.parse(answer.detail()).challenge().toByteArray();
    }

    private String sale() {
        String result = till.sell(1).line();
        return result.split(" ")[0] + " " + result.split(" ")[1];
    }

    @Test
    void status_tells_the_lease_and_warns_in_its_last_week() {
        assertEquals("ready in-doubt 0 lease good last 20261231 numbers 2001", line.apply("status"));
        now = LocalDateTime.of(2026, 12, 25, 8, 0);
        assertEquals("ready in-doubt 0 lease ends-soon last 20261231 numbers 2001", line.apply("status"));
        now = LocalDateTime.of(2027, 1, 1, 0, 0);
        assertEquals("ready in-doubt 0 lease over last 20261231 numbers 2001", line.apply("status"));
        slot.lift();
        till.sell(1);
        assertEquals("ready in-doubt 0 psam absent", line.apply("status"));
    }

    @Test
    void till_behind_the_last_day_sells_nothing_says_so_and_asks_for_no_card() {
        now = LocalDateTime.of(2026, 12, 31, 23, 59, 59);
        assertEquals("paid 1", sale());
        now = LocalDateTime.of(2027, 1, 1, 0, 0);
        int powered = reader.powered();
        assertTrue(till.sell(1).line().startsWith("refused LEASE_OVER PSAM 租约已到期，请联系管理员续租 · the PSAM's lease"));
        assertEquals(powered, reader.powered());
        assertEquals(9_999, TestCards.balance(chen));
    }

    @Test
    void stolen_till_with_its_clock_held_back_runs_out_of_numbers() {
        HandReader few = HandReader.with(TestCards.leasedPsam(new LeaseTerms(LAST, 1)));
        Till stolen = new Till(
                reader,
                new SamSlot(few),
                journal,
                CardAcceptance.EVERY,
                () -> now,
                new Till.Patience(Duration.ofSeconds(20), Duration.ofMillis(20)));
        assertInstanceOf(SaleResult.Paid.class, stolen.sell(1));
        assertInstanceOf(SaleResult.Paid.class, stolen.sell(1));
        assertTrue(stolen.sell(1).line().startsWith("refused LEASE_OVER "));
        assertEquals(9_998, TestCards.balance(chen));
    }

    @Test
    void clock_set_back_by_more_than_a_day_is_refused_by_the_psam_itself_and_said() {
        assertEquals("paid 1", sale());
        now = now.minusDays(2);
        assertEquals("refused SAM_LEASE_OVER", sale());
        now = now.plusDays(2);
        assertEquals("paid 1", sale());
        assertEquals(1, slot.powered());
    }

    @Test
    void renewal_over_the_link_lets_an_ended_till_sell_again() {
        now = LocalDateTime.of(2027, 1, 5, 9, 0);
        assertEquals("refused LEASE_OVER", sale());
        CommandAnswer asked = challenge();
        LeaseChallenge told = LeaseChallenge.parse(asked.detail());
        assertEquals(CommandAnswer.Stage.EXECUTED, asked.stage());
        assertEquals(TestCards.PSAM_SERIAL, told.serial().toString());
        assertEquals("440300000001", told.terminal().toString());
        assertEquals(new LeaseTerms(LAST, 2_000), told.lease());
        assertEquals(0, told.next());
        CommandAnswer done = renew(new LeaseTerms(LocalDate.of(2027, 2, 4), 5_000), drawn(asked));
        assertEquals(CommandAnswer.Stage.EXECUTED, done.stage());
        assertEquals("lease good last 20270204 numbers 5001", done.detail());
        assertEquals("paid 1", sale());
    }

    @Test
    void renewal_is_for_one_challenge_and_refused_with_a_wrong_mac() {
        byte[] first = drawn(challenge());
        byte[] second = drawn(challenge());
        LeaseTerms longer = new LeaseTerms(LocalDate.of(2027, 2, 4), 5_000);
        assertEquals(CommandRefusal.FAILED, renew(longer, first).refusal());
        assertEquals(CommandRefusal.FAILED, renew(longer, second).refusal(), "spent by the try before");
        byte[] third = drawn(challenge());
        assertEquals(CommandAnswer.Stage.EXECUTED, renew(longer, third).stage());
        assertEquals(CommandRefusal.FAILED, renew(longer, third).refusal(), "played again");
        assertEquals("paid 1", sale());
    }

    @Test
    void sale_between_challenge_and_renewal_makes_the_challenge_worthless_and_harms_nothing() {
        byte[] drawn = drawn(challenge());
        assertEquals("paid 1", sale());
        LeaseTerms longer = new LeaseTerms(LocalDate.of(2027, 2, 4), 5_000);
        assertEquals(CommandRefusal.FAILED, renew(longer, drawn).refusal());
        assertEquals("paid 1", sale());
        assertEquals(
                CommandAnswer.Stage.EXECUTED, renew(longer, drawn(challenge())).stage());
    }

    @Test
    void till_with_a_customer_is_busy_and_one_without_a_lease_has_none_to_renew() {
        reader.atCommand(0x54, () -> CompletableFuture.runAsync(this::challenge).join());
        assertEquals("paid 1", sale());
        assertEquals(CommandRefusal.BUSY, last().refusal());
        slot.put(TestCards.psam());
        slot.breaks(true);
        till.sell(1);
        slot.breaks(false);
        assertEquals(CommandRefusal.FAILED, challenge().refusal());
        assertEquals("ready in-doubt 0", line.apply("status"));
    }

    @Test
    void arguments_that_are_no_renewal_are_malformed() {
        for (String args : List.of("", "00", "20270204000013880102030405", "2027020400001388010203")) {
            commands.renew(order(CommandKind.LEASE_RENEWAL, Octets.of(Hex.parse(args))), answers::add);
            assertEquals(CommandRefusal.MALFORMED, last().refusal(), args);
        }
        assertEquals(0, slot.powered());
    }
}
