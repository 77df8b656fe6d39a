package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A card as bought, FM1208 under 3DES, served by the same classes as ours: the card says its algorithm in the answer to
 * INIT, the PSAM holds a master for each.
 */
class BoughtCardTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final String MASTER = "00112233445566778899aabbccddeeff";
    private static final byte[] DLK = Hex.parse("11223344556677888877665544332211");
    private static final byte[] DTK = Hex.parse("00112233445566778899aabbccddeeff");
    private static final CardAlgorithm DES = CardAlgorithm.TRIPLE_DES;
    private final Card card = bought();
    private final Book book = new Book();

    private static final class Book implements PurchaseJournal {
        private final List<PurchaseRecord> records = new ArrayList<>();

        @Override
        public void intent(PurchaseIntent intent) {}

        @Override
        public void settled(PurchaseRecord record) {
            records.add(record);
        }
    }

    private static final LoadHost HOST = new LoadHost() {
        @Override
        public Optional<byte[]> authorise(LoadRecord load) {
            byte[] session = DES.sessionKey(DLK, load.sessionSeed());
            return Arrays.equals(load.mac1(), DES.mac4(session, load.mac1Data()))
                    ? Optional.of(DES.mac4(session, load.mac2Data()))
                    : Optional.empty();
        }

        @Override
        public boolean tacHolds(LoadRecord load) {
            return Arrays.equals(load.tac(), DES.tac4(DTK, load.tacData()));
        }
    };

    private static Card bought() {
        Card card = RealCards.born(CardProfile.FM1208, 31);
        byte[] dpk = DES.diversify(Hex.parse(MASTER), Hex.parse(RealCards.SERIAL));
        RealCards.ok(card, "80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        RealCards.ok(card, "00A4040009A00000000386980701");
        RealCards.ok(card, "80E0 0000 07 3F 0180 95 F0 FF FF");
        RealCards.ok(card, "80D4 0101 15 34 F0 F0 01 00" + Hex.of(DTK));
        RealCards.ok(card, "80D4 0101 15 3E F0 F0 01 00" + Hex.of(dpk));
        RealCards.ok(card, "80D4 0101 15 3F F0 F0 01 00" + Hex.of(DLK));
        RealCards.ok(card, "80D4 0101 15 30 F0 F0 01 00" + Hex.of(dpk));
        RealCards.ok(card, "80E0 0015 07 28 001E F0 F0 FF FF");
        RealCards.ok(card, "00D6 9500 1E 4403000000000001 01 01 0000" + RealCards.SERIAL + "20260101 20361231 0101");
        RealCards.ok(card, "80E0 0018 07 2E 0A17 F0 EF FF FF");
        RealCards.ok(card, "80E0 0002 07 2F 0208 F0 00 FF 18");
        card.reset();
        return card;
    }

    /** One PSAM for both kinds of cards: the 3DES master beside the one of SM4. */
    private static Psam psam() {
        Card module = RealCards.psam(2);
        RealCards.ok(module, "00A4 0000 02 DF02");
        RealCards.ok(module, "80D4 0102 15 3E F0 F0 01 00" + MASTER);
        return Psam.open(RealCards.lying(module));
    }

    private PurchaseOutcome pay(Psam psam, CardChannel channel, long amount) {
        return new Purchase(psam, book, CardAcceptance.EVERY).pay(channel, amount, AT);
    }

    private void load(long amount) {
        Load load = new Load(HOST, TestHost.FORGETFUL, RealCards.TERMINAL);
        assertInstanceOf(LoadOutcome.Loaded.class, load.load(RealCards.lying(card), amount, AT));
    }

    @Test
    void bought_card_and_ours_are_loaded_and_pay_at_the_same_terminal() {
        load(1_000);
        Card ours = RealCards.purse("12345678", 1);
        RealCards.give(ours, 1_000);
        Psam psam = psam();
        PurchaseRecord bought = assertInstanceOf(PurchaseOutcome.Paid.class, pay(psam, RealCards.lying(card), 360))
                .record();
        PurchaseRecord native1 = assertInstanceOf(PurchaseOutcome.Paid.class, pay(psam, RealCards.lying(ours), 360))
                .record();
        assertEquals(DES, bought.algorithm());
        assertEquals(CardAlgorithm.SM4, native1.algorithm());
        assertEquals(Hex.of(DES.tac4(DTK, bought.tacData())), Hex.of(bought.tac()));
        assertEquals(640, RealCards.balance(card));
        assertEquals(bought.terminalSeq() + 1, native1.terminalSeq());
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void torn_taps_of_a_bought_card_are_settled_like_ours(TornContent torn) {
        load(10_000);
        Psam psam = psam();
        int settled = 0;
        for (int n = 1; ; n++) {
            long before = RealCards.balance(card);
            PurchaseOutcome outcome = pay(psam, RealCards.losingPower(card, n, torn), 7);
            if (outcome instanceof PurchaseOutcome.Paid) {
                break;
            }
            PurchaseIntent intent =
                    assertInstanceOf(PurchaseOutcome.InDoubt.class, outcome).intent();
            PurchaseOutcome end = new PurchaseRecovery(psam, book).resolve(RealCards.lying(card), intent);
            assertEquals(
                    before - (end instanceof PurchaseOutcome.Paid ? 7 : 0), RealCards.balance(card), torn + " " + n);
            settled++;
        }
        assertTrue(settled > 0);
    }

    @Test
    void bought_card_opens_a_door_by_its_serial_alone() {
        AccessSam sam = AccessSam.open(RealCards.lying(RealAccess.sam(MASTER)));
        var genuine = assertInstanceOf(
                AccessOutcome.Genuine.class,
                new LegacyAccess(1, sam, RandomSource.secure()).identify(RealCards.lying(card)));
        assertEquals(RealCards.SERIAL, Hex.of(genuine.credential().bytes()));
        assertEquals(false, genuine.pointAndTimeProved());
    }
}
