package io.zhitong.cos;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Power cuts in the commands that only bought cards and leased SAMs have. */
class BoughtTearTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";

    private static Nvm born(CardProfile profile) {
        CardProfile small = profile.withMemory(new NvmGeometry(32768, 64, 1_000_000));
        Nvm nvm = Nvm.inMemory(small.memory());
        CardBirth.of(nvm, small, Bench.CHIP, SecretBytes.copyOf(Bench.BATCH_KEY));
        return nvm;
    }

    private static String sealed(Bench card, String header, String plain) {
        byte[] challenge = Hex.parse(card.ok("0084000004"));
        byte[] body = SecureMessaging.encrypt(CardAlgorithm.TRIPLE_DES, Hex.parse(KEY), Hex.parse(plain));
        byte[] mac = SecureMessaging.commandMac(
                CardAlgorithm.TRIPLE_DES, Hex.parse(KEY), challenge, Hex.parse(header.toLowerCase(Locale.ROOT)), body);
        return header + String.format("%02X", body.length + 4) + Hex.of(body) + Hex.of(mac);
    }

    private static String credit(Bench card) {
        String init = card.ok("805000020B01" + "00001000" + Purses.TERMINAL + "10");
        byte[] random = Hex.parse(init.substring(16, 24).toLowerCase(Locale.ROOT));
        int sequence = Integer.parseInt(init.substring(8, 12), 16);
        byte[] session =
                CardAlgorithm.TRIPLE_DES.sessionKey(Hex.parse(KEY), PurseCryptograms.onlineSeed(random, sequence));
        byte[] covered = Hex.parse("00001000" + "02" + Purses.TERMINAL + Purses.TIME);
        return "805200000B" + Purses.TIME + Hex.of(CardAlgorithm.TRIPLE_DES.mac4(session, covered));
    }

    @Test
    void cut_anywhere_in_a_bought_cards_script_leaves_before_or_after() {
        List<Step> script = List.of(
                Step.of("create DF", "80E03F0111380800F0F095FFFFA00000000386980701"),
                Step.in("create key file", b -> "80E00001073F018095F0FFFF"),
                Step.in("control key", b -> "80D4010015" + "39F0F0AA33" + KEY),
                Step.in("sealed load key", b -> sealed(b, "84D40101", "fff0f00100" + KEY)),
                Step.in("sealed key again", b -> sealed(b, "84D4FF01", "fff0f00200" + KEY)),
                Step.in("TAC key", b -> "80D4010015" + "34F0F00100" + KEY),
                Step.in("records", b -> "80E00005072C0020F0F0FFFF"),
                Step.in("update makes a record", b -> "00DC012C03" + "010203"),
                Step.in("update changes it", b -> "00DC012C03" + "0A0B0C"),
                Step.in("log", b -> "80E00018072E0517F0EFFFFF"),
                Step.in("purse", b -> "80E00002072F0208F000FF18"),
                Step.in("load", BoughtTearTest::credit),
                Step.in("load again", BoughtTearTest::credit));
        TearTest.run("bought card", born(CardProfile.FM1208), script, 1);
    }

    @Test
    void cut_anywhere_in_a_bought_sams_key_writing_leaves_before_or_after() {
        Bench sam = Bench.on(born(CardProfile.PSAM_FMCOS), Bench.seeded(1));
        sam.ok("80E00000073F008001F0FFFF");
        sam.ok("80D4010015" + "39F0F0AA33" + KEY);
        Step master = new Step("brief purchase master", b -> sealed(b, "84D40000", "220100" + KEY), "9000");
        Step second = new Step("another version", b -> sealed(b, "84D40000", "420200" + KEY), "9000");
        TearTest.run("bought SAM", sam.card().nvm(), List.of(master, second), 1);
    }

    @Test
    void cut_anywhere_in_the_renewal_of_a_lease_leaves_the_old_or_the_new() {
        Bench sam = SamTest.personalise();
        sam.ok("00A4000002DF02");
        sam.ok("80E0001B 07 28 0004 F0 EF FF 00");
        sam.ok("80E0001A 07 A8 0008 F0 F0 FF 81");
        Step renew = new Step(
                "renew the lease",
                b -> {
                    b.ok("00A4000002DF02");
                    return b.macFrame(SamTest.MASTER, 16, "04D69A00", "2026113000000100");
                },
                "9000");
        Step again = new Step(
                "renew it again",
                b -> {
                    b.ok("00A4000002DF02");
                    return b.macFrame(SamTest.MASTER, 16, "04D69A00", "2026123100000200");
                },
                "9000");
        TearTest.run("lease", sam.card().nvm(), List.of(renew, again), 1);
    }
}
