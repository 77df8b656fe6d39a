package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.AccessFailure;
import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.cardterminal.LegacyAccess;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An FM1208 as bought becomes a resident's card; card, SAMs and vault are the real ones, the vault is reached over TLS. */
class BoughtCardTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final byte[] CHIP = Hex.parse("0000000008a1b2c3");
    private static final String SERIAL = "4403000100000007";
    private static final TestVault VAULT = TestVault.shared();

    private static Card prepared() throws IOException {
        Nvm nvm = Nvm.inMemory(CardProfile.FM1208.memory());
        CardBirth.blank(nvm, CardProfile.FM1208, new ChipIdentity(CHIP, Hex.parse("08a1b2c3")));
        Card card = new Card(nvm, RandomSource.secure());
        new BoughtCardStock(card::process).prepare(CHIP, VAULT.boughtTransportKey());
        card.reset();
        return card;
    }

    private static CardOrder order(String serial) {
        return TestOrders.card(serial, "王小明", VAULT.issuer());
    }

    private static Card made() throws IOException {
        Card card = prepared();
        MadeCard made = new BoughtCard(VAULT.keys).make(card::process, order(SERIAL), Progress.SILENT);
        assertArrayEquals(CHIP, made.chipId());
        card.reset();
        return card;
    }

    private static Card ours(String serial) throws IOException {
        Card card = TestCards.fresh(CardProfile.COMMUNITY, VAULT.transportKey());
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), TestOrders.ZONE);
        new ResidentCard(VAULT.keys, clock).make(card::process, order(serial), Progress.SILENT);
        card.reset();
        return card;
    }

    private static Card module(SamOrder order) throws IOException {
        Card module = TestCards.fresh(CardProfile.PSAM, VAULT.transportKey());
        new SamCard(VAULT.keys).make(module::process, order, Progress.SILENT);
        module.reset();
        return module;
    }

    private static LoadOutcome load(Card card, long amount) {
        return TestMoney.load(VAULT.keys, card, amount, AT);
    }

    private static PurchaseOutcome pay(Card card, Psam psam, long amount) {
        return TestMoney.pay(card, psam, amount, AT);
    }

    @Test
    void bought_card_is_loaded_by_the_vault_and_pays_beside_ours_with_a_tac_the_vault_confirms() throws IOException {
        Card card = made();
        Card native1 = ours("4403000100000008");
        Psam psam = Psam.open(module(TestOrders.sam(SamOrder.Kind.PURCHASE).withBoughtCards())::process);
        for (Card each : List.of(card, native1)) {
            assertInstanceOf(LoadOutcome.Loaded.class, load(each, 10_000));
        }
        PurchaseRecord bought = assertInstanceOf(PurchaseOutcome.Paid.class, pay(card, psam, 1_250))
                .record();
        assertInstanceOf(PurchaseOutcome.Paid.class, pay(native1, psam, 1_250));
        assertEquals(CardAlgorithm.TRIPLE_DES, bought.algorithm());
        assertEquals(8_750, bought.balance());
        KeyRef dtk = KeyRef.of(KeyUsage.BOUGHT_DTK, bought.keyVersion(), TestOrders.CITY, bought.cardFactor());
        assertEquals(
                List.of(true),
                VAULT.keys.verifyMacs(List.of(new VerifyRequest(dtk, new byte[0], bought.tacData(), bought.tac()))));
    }

    @Test
    void psam_without_the_masters_of_bought_cards_debits_none_of_them() throws IOException {
        Card card = made();
        assertInstanceOf(LoadOutcome.Loaded.class, load(card, 10_000));
        Psam psam = Psam.open(module(TestOrders.sam(SamOrder.Kind.PURCHASE))::process);
        assertInstanceOf(PurchaseOutcome.Refused.class, pay(card, psam, 1));
    }

    @Test
    void bought_card_opens_a_door_of_its_community_and_none_of_another() throws IOException {
        Card card = made();
        SamOrder here = TestOrders.sam(SamOrder.Kind.ACCESS).withBoughtCards();
        AccessSam sam = AccessSam.open(module(here)::process);
        var genuine = assertInstanceOf(
                AccessOutcome.Genuine.class, new LegacyAccess(1, sam, RandomSource.secure()).identify(card::process));
        assertEquals(SERIAL, Hex.of(genuine.credential().bytes()));
        assertFalse(genuine.pointAndTimeProved());
        var there = new SamOrder(
                        SamOrder.Kind.ACCESS,
                        TestOrders.CITY,
                        Hex.parse("0000000044030002"),
                        here.serial(),
                        here.terminal(),
                        1)
                .withBoughtCards();
        AccessSam stranger = AccessSam.open(module(there)::process);
        assertEquals(
                new AccessOutcome.NotGenuine(AccessFailure.LEGACY_CRYPTOGRAM, 0),
                new LegacyAccess(1, stranger, RandomSource.secure()).identify(card::process));
    }

    @Test
    void order_cut_off_at_every_exchange_is_finished_by_running_it_again() throws IOException {
        List<byte[]> sent = new ArrayList<>();
        Card whole = prepared();
        new BoughtCard(VAULT.keys)
                .make(
                        command -> {
                            sent.add(command);
                            return whole.process(command);
                        },
                        order(SERIAL),
                        Progress.SILENT);
        assertTrue(sent.size() > 25, "exchanges " + sent.size());
        for (int n = 1; n <= sent.size(); n++) {
            Card card = prepared();
            var cut = TestCards.leavingAt(n, n % 2 == 0, card);
            assertThrows(
                    CardException.class, () -> new BoughtCard(VAULT.keys).make(cut, order(SERIAL), Progress.SILENT));
            card.reset();
            new BoughtCard(VAULT.keys).make(card::process, order(SERIAL), Progress.SILENT);
            card.reset();
            assertInstanceOf(LoadOutcome.Loaded.class, load(card, 10), "cut at " + n);
        }
    }

    @Test
    void finished_card_is_left_alone_and_one_with_another_number_refused() throws IOException {
        Card card = made();
        assertInstanceOf(LoadOutcome.Loaded.class, load(card, 10_000));
        card.reset();
        new BoughtCard(VAULT.keys).make(card::process, order(SERIAL), Progress.SILENT);
        assertEquals(10_000, io.zhitong.cardterminal.Purse.select(card::process).balance());
        var other = assertThrows(
                PersonalisationRefused.class,
                () -> new BoughtCard(VAULT.keys).make(card::process, order("4403000100000009"), Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.ALREADY_ISSUED, other.reason());
    }

    @Test
    void card_of_a_stranger_is_refused_and_a_finished_one_is_closed_for_files() throws IOException {
        Nvm nvm = Nvm.inMemory(CardProfile.FM1208.memory());
        CardBirth.blank(nvm, CardProfile.FM1208, new ChipIdentity(CHIP, Hex.parse("08a1b2c3")));
        Card foreign = new Card(nvm, RandomSource.secure());
        new BoughtCardStock(foreign::process).prepare(CHIP, io.zhitong.smcrypto.SecretBytes.copyOf(new byte[16]));
        foreign.reset();
        var refused = assertThrows(
                PersonalisationRefused.class,
                () -> new BoughtCard(VAULT.keys).make(foreign::process, order(SERIAL), Progress.SILENT));
        assertEquals(PersonalisationRefused.Reason.NOT_OURS, refused.reason());
        Card card = made();
        card.process(Hex.parse("00a4040009a00000000386980701"));
        assertEquals("6982", Hex.of(card.process(Hex.parse("800e0000"))));
        assertEquals("6982", Hex.of(card.process(Hex.parse("80e00009072800 10f0f0ffff".replace(" ", "")))));
    }
}
