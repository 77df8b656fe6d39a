package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three ways to a new PIN with a real card, torn everywhere. */
class PinTest {
    private static final byte[] RELOAD = Hex.parse("380102030405060708090a0b0c0d0e0f");
    private static final byte[] UNBLOCK = Hex.parse("370102030405060708090a0b0c0d0e0f");
    private static final Pin FRESH = Pin.of(SecretBytes.copyOf(Hex.parse("654321")));
    private static final Pin WRONG = Pin.of(SecretBytes.copyOf(Hex.parse("000000")));
    private final Card card = card();

    private static final PinHost HOST = new PinHost() {
        @Override
        public byte[] reloadMac(PurseData data, byte[] challenge16, Pin fresh) {
            return CardAlgorithm.SM4.mac4(RELOAD, challenge16, fresh.bytes());
        }

        @Override
        public byte[] unblockData(PurseData data, byte[] challenge16, byte[] header4, Pin fresh) {
            byte[] enc = SecureMessaging.encrypt(CardAlgorithm.SM4, UNBLOCK, fresh.bytes());
            byte[] mac = SecureMessaging.commandMac(CardAlgorithm.SM4, UNBLOCK, challenge16, header4, enc);
            return new ByteWriter().bytes(enc).bytes(mac).toByteArray();
        }
    };

    private enum Way {
        CHANGE,
        RELOAD_IT,
        UNBLOCK_IT
    }

    private static Card card() {
        Card card = RealCards.deposit(5);
        RealCards.ok(card, "00A4040009A00000000386980701");
        RealCards.ok(card, "80D4 0100 15 38 F0 F0 FF FF" + Hex.of(RELOAD));
        RealCards.ok(card, "80D4 0100 15 37 F0 F0 FF FF" + Hex.of(UNBLOCK));
        return card;
    }

    private static PinOutcome go(Way way, CardChannel channel, Pin old, Pin fresh) {
        return switch (way) {
            case CHANGE -> PinChange.change(channel, old, fresh);
            case RELOAD_IT -> new PinReload(HOST).reload(channel, fresh);
            case UNBLOCK_IT -> new PinUnblock(HOST).unblock(channel, fresh);
        };
    }

    private boolean opens(Pin pin) {
        return new Unload(new TestMoney(), new TestMoney(), RealCards.TERMINAL)
                                .unload(
                                        RealCards.lying(card),
                                        1,
                                        java.time.LocalDateTime.of(2026, 11, 21, 12, 0, 0),
                                        pin)
                        instanceof MoneyOutcome.Refused refused
                && refused.reason() == MoneyRefusal.FUNDS_TOO_LOW;
    }

    private static PinOutcome.Refused refused(PinOutcome outcome) {
        return assertInstanceOf(PinOutcome.Refused.class, outcome);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void new_pin_is_in_force_and_the_old_one_is_not(Way way) {
        assertTrue(opens(RealCards.PIN));
        assertEquals(new PinOutcome.Changed(), go(way, RealCards.lying(card), RealCards.PIN, FRESH));
        assertTrue(opens(FRESH));
        assertTrue(!opens(RealCards.PIN));
    }

    @Test
    void wrong_old_pin_says_how_many_tries_are_left_and_then_only_the_issuer_helps() {
        assertEquals(
                2,
                refused(PinChange.change(RealCards.lying(card), WRONG, FRESH)).triesLeft());
        assertEquals(
                1,
                refused(PinChange.change(RealCards.lying(card), WRONG, FRESH)).triesLeft());
        PinChange.change(RealCards.lying(card), WRONG, FRESH);
        assertEquals(
                PinRefusal.BLOCKED,
                refused(PinChange.change(RealCards.lying(card), RealCards.PIN, FRESH))
                        .reason());
        assertEquals(new PinOutcome.Changed(), new PinUnblock(HOST).unblock(RealCards.lying(card), FRESH));
        assertTrue(opens(FRESH));
    }

    @Test
    void host_with_another_key_is_refused_and_nothing_changes() {
        PinHost stranger = new PinHost() {
            @Override
            public byte[] reloadMac(PurseData data, byte[] challenge16, Pin fresh) {
                return new byte[4];
            }

            @Override
            public byte[] unblockData(PurseData data, byte[] challenge16, byte[] header4, Pin fresh) {
                return new byte[20];
            }
        };
        assertEquals(
                PinRefusal.HOST_REFUSED,
                refused(new PinReload(stranger).reload(RealCards.lying(card), FRESH))
                        .reason());
        assertEquals(
                PinRefusal.HOST_REFUSED,
                refused(new PinUnblock(stranger).unblock(RealCards.lying(card), FRESH))
                        .reason());
        assertTrue(opens(RealCards.PIN));
        Card bare = RealCards.purse("12345678", 3);
        assertEquals(
                PinRefusal.NO_PIN,
                refused(PinChange.change(RealCards.lying(bare), RealCards.PIN, FRESH))
                        .reason());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void power_that_fails_at_any_operation_leaves_one_of_the_two_pins_and_the_question_tells_which(Way way) {
        int changed = 0;
        int not = 0;
        for (TornContent torn : TornContent.values()) {
            for (int n = 1, whole = 0; whole < 8; n++) {
                PinOutcome outcome = go(way, RealCards.losingPower(card, n, torn), RealCards.PIN, FRESH);
                if (outcome instanceof PinOutcome.InDoubt doubt) {
                    outcome = PinChange.resolve(RealCards.lying(card), doubt.card(), FRESH);
                    changed += outcome instanceof PinOutcome.Changed ? 1 : 0;
                    not += outcome instanceof PinOutcome.Changed ? 0 : 1;
                } else if (outcome instanceof PinOutcome.Changed) {
                    assertEquals(outcome, PinChange.change(RealCards.lying(card), FRESH, RealCards.PIN));
                    whole++;
                    continue;
                }
                boolean fresh = outcome instanceof PinOutcome.Changed;
                assertTrue(opens(fresh ? FRESH : RealCards.PIN), way + " " + torn + " at " + n + " " + outcome);
                if (fresh) {
                    PinChange.change(RealCards.lying(card), FRESH, RealCards.PIN);
                }
            }
        }
        assertTrue(changed > 0 && not > 0, changed + " changed, " + not + " not");
    }

    @Test
    void question_to_another_card_answers_nothing_and_tries_no_pin() {
        PinOutcome.InDoubt doubt = assertInstanceOf(
                PinOutcome.InDoubt.class, PinChange.change(RealCards.leavingAt(card, 2, true), RealCards.PIN, FRESH));
        Script other = new Script("card")
                .on(
                        "00a4040009a0000000038698070100",
                        "6f2e 8409a00000000386980701 a5219f0c1e"
                                + "4403000000000001 01 01 00004403000112345679 20260101 20301231 0101 9000");
        assertEquals(
                PinRefusal.OTHER_CARD,
                refused(PinChange.resolve(other, doubt.card(), FRESH)).reason());
        other.assertDone();
        assertEquals(new PinOutcome.Changed(), PinChange.resolve(RealCards.lying(card), doubt.card(), FRESH));
    }

    @Test
    void pins_of_impossible_length_are_refused_and_closed_ones_are_gone() {
        assertThrows(IllegalArgumentException.class, () -> Pin.of(SecretBytes.copyOf(new byte[1])));
        assertThrows(IllegalArgumentException.class, () -> Pin.of(SecretBytes.copyOf(new byte[7])));
        Pin pin = Pin.of(SecretBytes.copyOf(new byte[3]));
        pin.close();
        assertThrows(IllegalStateException.class, pin::bytes);
        Pin.NONE.close();
        assertEquals(0, Pin.NONE.bytes().length);
    }
}
