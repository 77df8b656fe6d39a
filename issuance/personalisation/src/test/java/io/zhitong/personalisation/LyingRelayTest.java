package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The station between vault and card is not trusted: what it changes is noticed by the one or the other. */
@Timeout(60)
class LyingRelayTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), ZoneOffset.UTC);
    private static final String SERIAL = "4403000100000031";

    private static final TestVault VAULT = TestVault.shared();

    private static Card fresh() throws IOException {
        return TestCards.fresh(CardProfile.COMMUNITY, VAULT.transportKey());
    }

    private static CardOrder order() {
        return TestOrders.card(SERIAL, "王小明", VAULT.issuer());
    }

    private static void make(CardChannel relay, Progress progress) {
        new ResidentCard(VAULT.keys, CLOCK).make(relay, order(), progress);
    }

    /** The card is no worse for it: an honest relay finishes the same order afterwards. */
    private static void assertFinishes(Card card) {
        card.reset();
        make(card::process, Progress.SILENT);
        assertEquals("0000" + SERIAL, Hex.of(Purse.select(card::process).data().serial()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void key_changed_in_one_bit_on_its_way_is_refused_by_the_card_and_the_order_can_be_run_again(int which)
            throws IOException {
        Card card = fresh();
        AtomicInteger keys = new AtomicInteger();
        CardChannel relay = command -> {
            byte[] sent = command.clone();
            if (sent[0] == (byte) 0x84 && sent[1] == (byte) 0xD4 && keys.incrementAndGet() == which) {
                sent[7 + which] ^= 0x10;
            }
            return card.process(sent);
        };
        CardException refused = assertThrows(CardException.class, () -> make(relay, Progress.SILENT));
        assertEquals(0x6988, refused.sw());
        assertFinishes(card);
    }

    /** A relay that puts its own key in the card's place would hold the key of somebody's doors. */
    @Test
    void public_key_swapped_on_its_way_to_the_vault_is_never_certified() throws IOException {
        Card card = fresh();
        byte[] own = Sm2PrivateKey.generate(RandomSource.secure()).publicKey().xy();
        CardChannel relay = command -> {
            byte[] answer = card.process(command);
            if (command[1] == (byte) 0xF6 && answer.length == 64 + 4 + 2) {
                System.arraycopy(own, 0, answer, 0, 64);
            }
            return answer;
        };
        KeyServiceException refused = assertThrows(KeyServiceException.class, () -> make(relay, Progress.SILENT));
        assertEquals(KeyRefusal.CARD_PROOF_WRONG, refused.reason());
        assertFinishes(card);
    }

    @ParameterizedTest
    @CsvSource({"A00000000386980701", "F05A544143430000000044030001"})
    void finished_card_that_does_not_show_an_application_is_a_defect(String aid) throws IOException {
        Card card = fresh();
        AtomicBoolean verifying = new AtomicBoolean();
        String selects = Hex.of(Hex.parse(aid));
        CardChannel relay = command -> verifying.get() && Hex.of(command).contains(selects)
                ? new byte[] {0x6A, (byte) 0x82}
                : card.process(command);
        PersonalisationRefused refused = assertThrows(
                PersonalisationRefused.class, () -> make(relay, step -> verifying.set(step == CardStep.VERIFY)));
        assertEquals(PersonalisationRefused.Reason.CARD_DEFECT, refused.reason());
        assertTrue(refused.reason().zh().contains("作废"));
        assertFinishes(card);
    }

    @Test
    void finished_card_that_proves_itself_wrongly_is_refused_and_not_erased() throws IOException {
        Card card = fresh();
        AtomicBoolean verifying = new AtomicBoolean();
        CardChannel relay = command -> {
            byte[] answer = card.process(command);
            if (verifying.get() && command[1] == (byte) 0x8A) {
                answer[100] ^= 1;
            }
            return answer;
        };
        PersonalisationRefused refused = assertThrows(
                PersonalisationRefused.class, () -> make(relay, step -> verifying.set(step == CardStep.VERIFY)));
        assertEquals(PersonalisationRefused.Reason.ALREADY_ISSUED, refused.reason());
        assertFinishes(card);
    }

    @Test
    void every_step_is_announced_once_and_a_finished_card_is_only_looked_at() throws IOException {
        Card card = fresh();
        List<CardStep> first = new ArrayList<>();
        make(card::process, first::add);
        assertEquals(CardStep.ofResidentCard(), first);
        card.reset();
        List<CardStep> again = new ArrayList<>();
        make(card::process, again::add);
        assertEquals(List.of(CardStep.IDENTIFY, CardStep.TAKE_OVER, CardStep.VERIFY), again);
        List<CardStep> sam = new ArrayList<>();
        Card module = TestCards.fresh(CardProfile.PSAM, VAULT.transportKey());
        new SamCard(VAULT.keys).make(module::process, TestOrders.sam(SamOrder.Kind.ACCESS), sam::add);
        assertEquals(CardStep.ofSam(), sam);
    }

    /** A name is cut to the field's twenty bytes of GBK, never in the middle of a character. */
    @ParameterizedTest
    @ValueSource(strings = {"", "A一二三四五六七八九十"})
    void name_of_any_length_makes_a_card(String name) throws IOException {
        Card card = fresh();
        new ResidentCard(VAULT.keys, CLOCK)
                .make(card::process, TestOrders.card(SERIAL, name, VAULT.issuer()), Progress.SILENT);
        assertEquals(0, Purse.select(card::process).balance());
    }

    /** docs/card.md, CREATE FILE and WRITE KEY: the literal data the plans stand for. */
    @Test
    void plans_have_the_bytes_of_the_specification() {
        assertEquals(
                "380600010195ffffa00000000386980701",
                Hex.of(FilePlan.directory(0x0600, 0x95, Hex.parse("a00000000386980701"))));
        assertEquals("3f01400101ffff", Hex.of(FilePlan.keys(0x0140, 1)));
        assertEquals("a8001ef0f0ff80", Hex.of(FilePlan.protectedBinary(30, FilePlan.FREE)));
        assertEquals("280004f001ff80", Hex.of(FilePlan.openBinary(4, FilePlan.FREE)));
        assertEquals("2e0a17f1efff80", Hex.of(FilePlan.log(FilePlan.BY_ISSUER)));
        assertEquals("2f0208f000ff18", Hex.of(FilePlan.purse(0x18)));
        KeyRef dpk = KeyRef.of(KeyUsage.DPK, 2, TestOrders.CITY, new byte[8]);
        assertEquals("fef00f0204", Hex.of(KeyRecord.versioned(1, dpk).head()));
        KeyRef line = KeyRef.of(KeyUsage.DAMK, 1, TestOrders.CITY, new byte[8]);
        assertEquals("f6f00fffff", Hex.of(KeyRecord.line(0, line).head()));
        KeyRef control = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, TestOrders.CITY, new byte[8]);
        assertEquals(
                "f9f00f0fff", Hex.of(KeyRecord.authentication(0, 0x0F, control).head()));
        assertEquals(0xF9, KeyRecord.authentication(0, 0x0F, control).type());
    }

    @Test
    void orders_that_no_card_can_carry_are_refused_when_they_are_made() {
        CardOrder good = order();
        assertThrows(IllegalArgumentException.class, () -> with(good, new byte[7], good.to()));
        assertThrows(
                IllegalArgumentException.class,
                () -> with(good, good.city(), good.from().minusDays(1)));
        assertEquals(good.from(), with(good, good.city(), good.from()).to());
        SamOrder sam = TestOrders.sam(SamOrder.Kind.PURCHASE);
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamOrder(sam.kind(), sam.city(), new byte[9], sam.serial(), sam.terminal(), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamOrder(sam.kind(), sam.city(), sam.community(), new byte[8], sam.terminal(), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamOrder(sam.kind(), sam.city(), sam.community(), sam.serial(), new byte[5], 1));
        byte[] city = good.city();
        city[0] ^= 1;
        assertNotEquals(Hex.of(city), Hex.of(good.city()), "the order keeps its own copy");
    }

    private static CardOrder with(CardOrder o, byte[] city, LocalDate to) {
        return new CardOrder(
                city,
                o.community(),
                o.zone(),
                o.purse(),
                o.holderName(),
                o.credential(),
                o.from(),
                to,
                o.certificateNumber(),
                o.keyVersions(),
                o.issuer());
    }
}
