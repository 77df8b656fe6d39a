package io.zhitong.bench;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.CappPurchase;
import io.zhitong.cardterminal.CappRule;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.Lane;
import io.zhitong.cardterminal.LaneRecord;
import io.zhitong.cardterminal.Load;
import io.zhitong.cardterminal.LoadHost;
import io.zhitong.cardterminal.LoadJournal;
import io.zhitong.cardterminal.LoadOutcome;
import io.zhitong.cardterminal.LoadRecord;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.util.Arrays;
import java.util.Optional;

/** A card with a lane record, a PSAM and a lane, under keys of their own (停车卡). */
final class ParkingCards {
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final CardAlgorithm SM4 = CardAlgorithm.SM4;
    private static final byte[] MASTER = RANDOM.bytes(16);
    private static final byte[] LANE = RANDOM.bytes(16);
    private static final byte[] DLK = RANDOM.bytes(16);
    private static final byte[] TERMINAL = Hex.parse("440300000043");
    private static final String SERIAL = "4403000100000001";
    private static final int MONEY = 1_000_000;

    private ParkingCards() {}

    /** Lane rules with the lane master in this process. */
    static Lane lane() {
        return new Lane(MadeCards.DOOR.point(), 0xAA, 0x17, 1, 1, ParkingCards::mac);
    }

    private static byte[] mac(int keyVersion, CredentialNumber serial, byte[] message) {
        return SM4.mac4(SM4.diversify(LANE, serial.bytes()), message);
    }

    /** In and out by turns; a fen is due on the way out. */
    static CappRule way(Lane lane, boolean in) {
        return in ? lane.entry(new byte[LaneRecord.CONTENT]) : lane.exit((entry, time) -> 1);
    }

    static CappPurchase terminal(Psam psam) {
        return new CappPurchase(psam, new Forgetful(), CardAcceptance.EVERY);
    }

    static Card module() {
        Card module = born(CardProfile.PSAM.withMemory(CardProfile.BLANK.memory()));
        ok(module, "80e0001507" + "28000ef0f0ff00");
        ok(module, "00d695000a" + "00004403990000000001");
        ok(module, "80e0001607" + "280006f0f0ff00");
        ok(module, "00d6960006" + Hex.of(TERMINAL));
        ok(module, "80e0df020d" + "380400f0f001ffff5053414d31");
        ok(module, "00a4000002df02");
        ok(module, "80e0000007" + "3f010001f0ffff");
        ok(module, "80d4010115" + "3ef0f00104" + Hex.of(MASTER));
        ok(module, "80e0001907" + "280004f0efff00");
        module.reset();
        return module;
    }

    static Card card() {
        Card card = born(CardProfile.BLANK);
        byte[] dpk = SM4.diversify(MASTER, Hex.parse(SERIAL));
        ok(card, "80e03f0111" + "380800f0f095ffffa00000000386980701");
        ok(card, "00a4040009a00000000386980701");
        ok(card, "80e0000007" + "3f018095f0ffff");
        ok(card, "80d4010115" + "34f0f00104" + Hex.of(RANDOM.bytes(16)));
        ok(card, "80d4010115" + "3ef0f00104" + Hex.of(dpk));
        ok(card, "80d4010115" + "3ff0f00104" + Hex.of(DLK));
        ok(card, "80e0001507" + "28001ef0f0ff00");
        ok(card, "00d695001e" + "440300000000000101010000" + SERIAL + "20260101203612310101");
        ok(card, "80e0001807" + "2e0a17f0efff00");
        ok(card, "80e0000207" + "2f0208f000ff18");
        ok(card, "80e0001707" + "2c0040f0f0ff00");
        ok(card, "00e200b830" + "aa2d" + "00".repeat(46));
        load(card);
        card.reset();
        return card;
    }

    private static void load(Card card) {
        var nothing = new LoadJournal() {
            @Override
            public void intent(LoadRecord load) {}

            @Override
            public void settled(LoadRecord load, boolean credited) {}
        };
        var host = new LoadHost() {
            @Override
            public Optional<byte[]> authorise(LoadRecord load) {
                return Optional.of(SM4.mac4(SM4.sessionKey(DLK, load.sessionSeed()), load.mac2Data()));
            }

            @Override
            public boolean tacHolds(LoadRecord load) {
                return true;
            }
        };
        LoadOutcome outcome = new Load(host, nothing, TERMINAL).load(card::process, MONEY, MadeCards.AT);
        if (!(outcome instanceof LoadOutcome.Loaded)) {
            throw new IllegalStateException("expected a loaded card, came " + outcome);
        }
    }

    private static Card born(CardProfile profile) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.blank(nvm, profile, ChipIdentity.fresh(RANDOM));
        return new Card(nvm, RANDOM);
    }

    private static byte[] ok(Card card, String command) {
        byte[] answer = card.process(Hex.parse(command));
        if (!Hex.of(answer).endsWith("9000")) {
            throw new IllegalStateException("expected a card that can be made, came " + Hex.of(answer));
        }
        return Arrays.copyOf(answer, answer.length - 2);
    }
}
