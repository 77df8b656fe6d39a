package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Locale;
import java.util.Random;

/** A purse card and a PSAM on our card operating system, and hands that take them away. */
final class RealCards {
    static final String SERIAL = "4403000112345678";
    static final byte[] TERMINAL = Hex.parse("440300000043");
    static final byte[] DLK = Hex.parse("3f0102030405060708090a0b0c0d0e0f");
    static final byte[] DTK = Hex.parse("340102030405060708090a0b0c0d0e0f");
    static final byte[] DULK = Hex.parse("3d0102030405060708090a0b0c0d0e0f");
    static final byte[] DUK = Hex.parse("3c0102030405060708090a0b0c0d0e0f");
    static final Pin PIN = Pin.of(SecretBytes.copyOf(Hex.parse("123456")));
    private static final String MASTER = "5a0102030405060708090a0b0c0d0e0f";

    private RealCards() {}

    static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }

    static Card born(CardProfile profile, long seed) {
        Nvm nvm = Nvm.inMemory(new NvmGeometry(16384, 64, 1_000_000));
        CardProfile small = profile.withMemory(nvm.geometry());
        CardBirth.blank(nvm, small, new ChipIdentity(Hex.parse(SERIAL), Hex.parse("08a1b2c3")));
        return new Card(nvm, seeded(seed));
    }

    static byte[] ok(Card card, String frame) {
        String answer = Hex.of(card.process(Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT))));
        if (!answer.endsWith("9000")) {
            throw new AssertionError(frame + " answered " + answer);
        }
        return Hex.parse(answer.substring(0, answer.length() - 4));
    }

    /** A resident's purse with that serial's last four bytes; keys of the vector file's form, algorithm SM4. */
    static Card purse(String flow4, long seed) {
        Card card = born(CardProfile.BLANK, seed);
        byte[] dpk = CardAlgorithm.SM4.diversify(Hex.parse(MASTER), Hex.parse("44030001" + flow4));
        ok(card, "80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701");
        ok(card, "00A4040009A00000000386980701");
        ok(card, "80E0 0000 07 3F 0180 95 F0 FF FF");
        ok(card, "80D4 0100 15 34 F0 F0 01 04" + Hex.of(DTK));
        ok(card, "80D4 0101 15 3E F0 F0 01 04" + Hex.of(dpk));
        ok(card, "80D4 0101 15 3F F0 F0 01 04" + Hex.of(DLK));
        ok(card, "80E0 0015 07 28 001E F0 F0 FF 00");
        ok(card, "00D6 9500 1E 4403000000000001 01 01 000044030001" + flow4 + "20260101 20361231 0101");
        ok(card, "80E0 0018 07 2E 0A17 F0 EF FF 00");
        ok(card, "80E0 0002 07 2F 0208 F0 00 FF 18");
        card.reset();
        return card;
    }

    /** The same with a deposit, a PIN 123456 and a CAPP file of one unused lane record. */
    static Card deposit(long seed) {
        Card card = purse("12345678", seed);
        ok(card, "00A4040009A00000000386980701");
        ok(card, "80D4 0101 15 3D F0 F0 01 04" + Hex.of(DULK));
        ok(card, "80D4 0101 15 3C F0 F0 01 04" + Hex.of(DUK));
        ok(card, "80D4 0100 08 3A F0 EF 01 33" + "123456");
        ok(card, "80E0 0001 07 2F 0208 F0 00 FF 18");
        ok(card, "80E0 0017 07 2C 0040 F0 F0 FF 00");
        ok(card, "00E2 00B8 30 AA2D" + "00".repeat(46));
        card.reset();
        return card;
    }

    /** The card's lane record, read without any terminal of ours. */
    static byte[] laneRecord(Card card) {
        card.reset();
        ok(card, "00A4040009A00000000386980701");
        return ok(card, "00B2 01BC 00");
    }

    /** The deposit on the chip, read without any terminal of ours. */
    static long depositBalance(Card card) {
        card.reset();
        ok(card, "00A4040009A00000000386980701");
        ok(card, "0020 0000 03 123456");
        return Long.parseLong(Hex.of(ok(card, "805C 0001 04")), 16);
    }

    /** A card with 0015 and an internal authentication key of 3DES, derived from that master. */
    static Card legacy(String master) {
        Card card = purse("12345678", 3);
        byte[] key = CardAlgorithm.TRIPLE_DES.diversify(Hex.parse(master), Hex.parse(SERIAL));
        ok(card, "00A4040009A00000000386980701");
        ok(card, "80D4 0101 15 30 F0 F0 01 00" + Hex.of(key));
        card.reset();
        return card;
    }

    /** A PSAM that holds the purchase master one level above the cards. */
    static Card psam(long seed) {
        Card card = born(CardProfile.PSAM, seed);
        ok(card, "80E0 0015 07 28 000E F0 F0 FF 00");
        ok(card, "00D6 9500 0A 00004403990000000001");
        ok(card, "80E0 0016 07 28 0006 F0 F0 FF 00");
        ok(card, "00D6 9600 06" + Hex.of(TERMINAL));
        ok(card, "80E0 DF02 0D 38 0400 F0 F0 01 FF FF 5053414D31");
        ok(card, "00A4 0000 02 DF02");
        ok(card, "80E0 0000 07 3F 0100 01 F0 FF FF");
        ok(card, "80D4 0101 15 3E F0 F0 01 04" + MASTER);
        ok(card, "80E0 0019 07 28 0004 F0 EF FF 00");
        card.reset();
        return card;
    }

    /** Loads the purse, as a host that knows the card's keys. */
    static void give(Card card, long amount) {
        give(card, amount, Pin.NONE);
    }

    static void give(Card card, long amount, Pin pin) {
        Load load = new Load(TestHost.INSTANCE, TestHost.FORGETFUL, TERMINAL);
        Object outcome = load.load(lying(card), amount, java.time.LocalDateTime.of(2026, 11, 21, 11, 0, 0), pin);
        if (!(outcome instanceof LoadOutcome.Loaded)) {
            throw new AssertionError(outcome.toString());
        }
    }

    /** The balance on the chip, read without any terminal of ours. */
    static long balance(Card card) {
        card.reset();
        ok(card, "00A4040009A00000000386980701");
        return Long.parseLong(Hex.of(card.process(Hex.parse("805c000204"))).substring(0, 8), 16);
    }

    private static CardException removed() {
        return new CardException(CardException.Reason.REMOVED, "the card left");
    }

    /** The card leaves at the n-th exchange; {@code done} tells whether it still carried the command out. */
    static CardChannel leavingAt(Card card, int n, boolean done) {
        card.reset();
        int[] count = {0};
        return command -> {
            count[0]++;
            if (count[0] == n && done) {
                card.process(command);
            }
            if (count[0] >= n) {
                throw removed();
            }
            return card.process(command);
        };
    }

    /** The card loses power at the n-th program or erase operation from now on. */
    static CardChannel losingPower(Card card, int n, TornContent torn) {
        card.reset();
        card.nvm().cutPower(new PowerCut(n, torn));
        return command -> {
            try {
                return card.process(command);
            } catch (PowerLoss e) {
                throw removed();
            }
        };
    }

    /** The card as it lies there, powered up. */
    static CardChannel lying(Card card) {
        card.nvm().keepPower();
        card.reset();
        return card::process;
    }
}
