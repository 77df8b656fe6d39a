package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys change under cards and terminals that work on: vault, cards and PSAMs are the real ones. */
class KeyRotationTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), TestOrders.ZONE);
    private static final String[] SECOND = {"DPK/2", "DLK/2", "DTK/2"};
    private static final String[] FIRST = {"DPK/1", "DLK/1", "DTK/1"};

    @TempDir
    Path folder;

    private RotatingVault vault;

    @BeforeEach
    void open() throws IOException {
        vault = new RotatingVault(folder);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void ceremony_keys_psam_card_purchase_rotation_and_the_old_version_is_refused() throws IOException {
        Card psam = psam();
        Card old = card("4403000100000001", vault.newest());
        load(old);
        PurchaseRecord first = paid(pay(old, psam));
        assertEquals(1, first.keyVersion());
        assertEquals(true, verified(first));

        vault.introduce(SECOND);
        assertEquals(
                Map.of(KeyUsage.DPK, 2, KeyUsage.DLK, 2, KeyUsage.DTK, 2, KeyUsage.DAMK, 1),
                Map.of(
                        KeyUsage.DPK, vault.newest().of(KeyUsage.DPK),
                        KeyUsage.DLK, vault.newest().of(KeyUsage.DLK),
                        KeyUsage.DTK, vault.newest().of(KeyUsage.DTK),
                        KeyUsage.DAMK, vault.newest().of(KeyUsage.DAMK)));
        Card fresh = card("4403000100000002", vault.newest());
        load(fresh);
        refused(pay(fresh, psam), "the terminal has no such version yet");
        addMaster(psam, 2);
        addMaster(psam, 2);
        assertEquals(2, paid(pay(fresh, psam)).keyVersion());
        assertEquals(1, paid(pay(old, psam)).keyVersion(), "the terminal chooses by the card's version");

        vault.state(KeyState.RETIRED, FIRST);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> card("4403000100000003", KeyVersions.all(1))));
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(this::psam), "no new terminal with the old version");
        load(old);
        assertEquals(true, verified(paid(pay(old, psam))), "cards of the old version are served to the end");

        vault.state(KeyState.COMPROMISED, FIRST);
        PurchaseRecord late = paid(pay(old, psam));
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> verified(late)), "the old version is refused");
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> load(old)));
        assertEquals(true, verified(paid(pay(fresh, psam))));
    }

    @Test
    void after_a_compromise_terminals_without_the_old_master_take_no_old_card() throws IOException {
        Card old = card("4403000100000001", vault.newest());
        load(old);
        vault.introduce(SECOND);
        vault.state(KeyState.COMPROMISED, FIRST);

        Card psam = psam(2);
        refused(pay(old, psam), "an old card, genuine or forged");
        Card replaced = card("4403000100000004", vault.newest());
        load(replaced);
        assertEquals(true, verified(paid(pay(replaced, psam))));
    }

    @Test
    void cards_of_3des_are_served_until_the_last_one_is_replaced_by_one_of_sm4() throws IOException {
        String[] legacy = {"BOUGHT_DPK/1", "BOUGHT_DLK/1", "BOUGHT_DTK/1"};
        Card both = TestCards.fresh(CardProfile.PSAM, vault.transportKey());
        SamOrder order = TestOrders.sam(SamOrder.Kind.PURCHASE).withBoughtCards();
        new SamCard(vault.keys()).make(both::process, order, Progress.SILENT);
        both.reset();
        Card old = bought("4403000100000005");
        load(old);
        assertEquals(CardAlgorithm.TRIPLE_DES, paid(pay(old, both)).algorithm());

        vault.state(KeyState.RETIRED, legacy);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> bought("4403000100000006")));
        load(old);
        paid(pay(old, both));
        Card fresh = card("4403000100000007", vault.newest());
        load(fresh);
        assertEquals(CardAlgorithm.SM4, paid(pay(fresh, both)).algorithm());

        vault.state(KeyState.DESTROYED, legacy);
        assertEquals(KeyRefusal.KEY_NOT_ACTIVE, refusal(() -> load(old)));
        refused(pay(old, psam()), "a terminal of after the migration");
        load(fresh);
        assertEquals(true, verified(paid(pay(fresh, both))));
    }

    private Card bought(String serial) throws IOException {
        Nvm nvm = Nvm.inMemory(CardProfile.FM1208.memory());
        byte[] chip = Hex.parse("46310208a1b2c3d4");
        CardBirth.blank(nvm, CardProfile.FM1208, new ChipIdentity(chip, Hex.parse("08a1b2c3")));
        Card card = new Card(nvm, RandomSource.secure());
        new BoughtCardStock(card::process).prepare(chip, vault.boughtTransportKey());
        card.reset();
        new BoughtCard(vault.keys())
                .make(card::process, TestOrders.card(serial, "李雷", vault.issuer()), Progress.SILENT);
        card.reset();
        return card;
    }

    private Card psam() throws IOException {
        return psam(1);
    }

    private Card psam(int version) throws IOException {
        Card module = TestCards.fresh(CardProfile.PSAM, vault.transportKey());
        SamOrder order = new SamOrder(
                SamOrder.Kind.PURCHASE,
                TestOrders.CITY,
                TestOrders.COMMUNITY,
                TestOrders.sam(SamOrder.Kind.PURCHASE).serial(),
                TestOrders.TERMINAL,
                1);
        new SamCard(vault.keys()).make(module::process, order.withMaster(version), Progress.SILENT);
        module.reset();
        return module;
    }

    private void addMaster(Card psam, int version) {
        new SamCard(vault.keys()).addMaster(psam::process, TestOrders.sam(SamOrder.Kind.PURCHASE), version);
        psam.reset();
    }

    private Card card(String serial, KeyVersions versions) throws IOException {
        Card card = TestCards.fresh(CardProfile.COMMUNITY, vault.transportKey());
        new ResidentCard(vault.keys(), CLOCK)
                .make(
                        card::process,
                        TestOrders.card(serial, "王小明", vault.issuer()).with(versions),
                        Progress.SILENT);
        card.reset();
        return card;
    }

    private void load(Card card) {
        assertInstanceOf(LoadOutcome.Loaded.class, TestMoney.load(vault.keys(), card, 10_000, AT));
    }

    private static PurchaseOutcome pay(Card card, Card psam) {
        return TestMoney.pay(card, Psam.open(psam::process), 100, AT);
    }

    private static PurchaseRecord paid(PurchaseOutcome outcome) {
        return assertInstanceOf(PurchaseOutcome.Paid.class, outcome).record();
    }

    private static void refused(PurchaseOutcome outcome, String why) {
        assertInstanceOf(PurchaseOutcome.Refused.class, outcome, why);
    }

    private boolean verified(PurchaseRecord record) {
        KeyRef dtk = KeyRef.of(KeyUsage.DTK, record.keyVersion(), TestOrders.CITY, record.cardFactor());
        return vault.keys()
                .verifyMacs(List.of(new VerifyRequest(dtk, new byte[0], record.tacData(), record.tac())))
                .get(0);
    }

    /** What the vault refuses while somebody works. */
    private interface Work {
        void run() throws IOException;
    }

    private static KeyRefusal refusal(Work work) {
        return assertThrows(KeyServiceException.class, work::run).reason();
    }
}
