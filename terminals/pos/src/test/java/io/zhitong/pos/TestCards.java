package io.zhitong.pos;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Random;

/** Real cards of the card operating system with a purse, and a real PSAM, written by plain commands (测试卡). */
final class TestCards {
    static final String CHEN = "4403010112345678";
    static final String WANG = "4403010112345679";
    static final String PSAM_SERIAL = "00004403990000000001";
    private static final byte[] MASTER = Hex.parse("5a0102030405060708090a0b0c0d0e0f");
    private static final byte[] OTHER_MASTER = Hex.parse("5a0102030405060708090a0b0c0d0eff");
    private static final byte[] LOAD_KEY = Hex.parse("3f0102030405060708090a0b0c0d0e0f");
    private static final byte[] LEASE_KEY = Hex.parse("360102030405060708090a0b0c0d0e0f");
    private static final String CONTROL = "390102030405060708090a0b0c0d0e0f";
    private static final String TAC_KEY = "340102030405060708090a0b0c0d0e0f";
    private static final String TERMINAL = "440300000001";
    private static final CardTime LOADED_AT = new CardTime(Hex.parse("20261121070000"));

    private TestCards() {}

    /** A card with that serial, valid 2026 to 2036, holding that many fen. */
    static Card card(String serial, long fen) {
        return card(serial, fen, MASTER);
    }

    /** A card of another city: its purchase key is not derived from the master in our PSAM. */
    static Card foreign(String serial, long fen) {
        return card(serial, fen, OTHER_MASTER);
    }

    private static Card card(String serial, long fen, byte[] master) {
        Card card = blank(CardProfile.BLANK, Hex.parse(serial), 11);
        run(card, "80e00000073f008001f0ffff");
        run(card, "80e03f0111380800f0f095ffff" + "a00000000386980701");
        run(card, "00a4040009a00000000386980701");
        run(card, "80e00000073f018095f0ffff");
        run(card, "80d401001539f0f00f33" + CONTROL);
        run(card, "80d401001534f0f00104" + TAC_KEY);
        run(card, "80d40101153ef0f00104" + Hex.of(CardAlgorithm.SM4.diversify(master, Hex.parse(serial))));
        run(card, "80d40101153ff0f00104" + Hex.of(LOAD_KEY));
        run(card, "80e000150728001ef0f0ff00");
        run(card, "00d695001e" + "4403000000000000" + "01010000" + serial + "20260101" + "20361231" + "0101");
        run(card, "80e00018072e0a17f0efff00");
        run(card, "80e00001072f0208f000ff18");
        run(card, "80e00002072f0208f000ff18");
        if (fen > 0) {
            load(card, fen);
        }
        card.reset();
        return card;
    }

    /** A card of some other system. */
    static Card stranger() {
        return blank(CardProfile.BLANK, new byte[8], 3);
    }

    static Card psam() {
        Card sam = blank(CardProfile.PSAM, Hex.parse("4403990000000001"), 5);
        run(sam, "80e00000073f008001f0ffff");
        run(sam, "80e000150728000ef0f0ff00");
        run(sam, "00d695000e" + PSAM_SERIAL + "01000000");
        run(sam, "80e0001607280006f0f0ff00");
        run(sam, "00d6960006" + TERMINAL);
        run(sam, "80e0df020d380400f0f095ffff" + "5053414d31");
        run(sam, "00a4000002df02");
        run(sam, "80e00000073f020095f0ffff");
        run(sam, "80d401001539f0f00f33" + CONTROL);
        run(sam, "80d40101153ef0f00104" + Hex.of(MASTER));
        run(sam, "80e0001907280004f0efff00");
        sam.reset();
        return sam;
    }

    /** The same under a lease. */
    static Card leasedPsam(LeaseTerms lease) {
        Card sam = psam();
        run(sam, "00a4000002df02");
        run(sam, "80d401011536f0f0ff33" + Hex.of(LEASE_KEY));
        run(sam, "80e0001b07280004f0efff00");
        run(sam, "80e0001a07a80008f0f0ff81");
        byte[] challenge = run(sam, "0084000010");
        run(sam, "04d69a000c" + Hex.of(lease.encode()) + Hex.of(leaseMac(lease, challenge)));
        sam.reset();
        return sam;
    }

    /** What the owner of the lease key answers to a challenge, computed from the card manual. */
    static byte[] leaseMac(LeaseTerms lease, byte[] challenge) {
        byte[] covered = Hex.parse("04d69a000c" + Hex.of(lease.encode()));
        return Arrays.copyOf(Sm4.cbcMac(LEASE_KEY, challenge, covered), 4);
    }

    /** Balance in fen, read from the card itself. */
    static long balance(Card card) {
        card.reset();
        run(card, "00a4040009a00000000386980701");
        return Long.parseLong(Hex.of(run(card, "805c000204")), 16);
    }

    private static void load(Card card, long fen) {
        String amount = String.format("%08x", fen);
        byte[] offer = run(card, "805000020b01" + amount + TERMINAL + "10");
        int sequence = (offer[4] & 0xFF) << 8 | offer[5] & 0xFF;
        byte[] session = CardAlgorithm.SM4.sessionKey(
                LOAD_KEY, PurseCryptograms.onlineSeed(Arrays.copyOfRange(offer, 8, 12), sequence));
        byte[] mac2 = CardAlgorithm.SM4.mac4(
                session, PurseCryptograms.hostMac(fen, TransactionType.EP_LOAD, Hex.parse(TERMINAL), LOADED_AT));
        run(card, "805200000b" + Hex.of(LOADED_AT.bytes()) + Hex.of(mac2) + "04");
    }

    private static Card blank(CardProfile profile, byte[] chip, long seed) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.blank(nvm, profile, new ChipIdentity(chip, Hex.parse("08a1b2c3")));
        return new Card(nvm, seeded(seed));
    }

    private static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }

    private static byte[] run(Card card, String frame) {
        return ResponseApdu.parse(card.process(Hex.parse(frame))).expectOk(frame);
    }
}
