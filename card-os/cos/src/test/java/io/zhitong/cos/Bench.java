package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.chip.FedRandom;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** A card on the bench: frames in hex, upper case, spaces allowed. */
final class Bench {
    static final ChipIdentity CHIP = new ChipIdentity(Hex.parse("4403010112345678"), Hex.parse("08a1b2c3"));
    static final byte[] BATCH_KEY = Hex.parse("00112233445566778899aabbccddeeff");

    private Card card;

    private Bench(Card card) {
        this.card = card;
    }

    static Bench of(CardProfile profile, RandomSource random) {
        Nvm nvm = Nvm.inMemory(profile.memory());
        CardBirth.of(nvm, profile, CHIP, SecretBytes.copyOf(BATCH_KEY));
        return new Bench(new Card(nvm, random));
    }

    static Bench blank() {
        return of(CardProfile.BLANK, seeded(1));
    }

    static Bench blank(NvmGeometry shape) {
        return of(CardProfile.BLANK.withMemory(shape), seeded(1));
    }

    static Bench on(Nvm nvm, RandomSource random) {
        return new Bench(new Card(nvm, random));
    }

    static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }

    /** The same memory under another source of randomness. */
    Bench feeding(String hex) {
        return new Bench(new Card(card.nvm(), new FedRandom(Hex.parse(hex))));
    }

    Card card() {
        return card;
    }

    Bench reset() {
        card.reset();
        return this;
    }

    String send(String frame) {
        byte[] answer = card.process(Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT)));
        return Hex.of(answer).toUpperCase(Locale.ROOT);
    }

    /** Sends and expects 9000; answers the data. */
    String ok(String frame) {
        String answer = send(frame);
        assertEquals("9000", answer.substring(answer.length() - 4), frame);
        return answer.substring(0, answer.length() - 4);
    }

    Bench expect(String frame, String answer) {
        assertEquals(answer.replace(" ", ""), send(frame), frame);
        return this;
    }

    /** Fetches a challenge of n bytes and sends header ‖ Lc ‖ data ‖ MAC4 under the key. */
    String sendWithMac(String key, int n, String header, String data) {
        byte[] challenge = Hex.parse(ok("00840000" + String.format("%02X", n)).toLowerCase(Locale.ROOT));
        byte[] head = Hex.parse(header.toLowerCase(Locale.ROOT));
        byte[] body = Hex.parse(data.toLowerCase(Locale.ROOT));
        byte[] mac = SecureMessaging.commandMac(CardAlgorithm.SM4, Hex.parse(key), challenge, head, body);
        byte[] all = Arrays.copyOf(body, body.length + 4);
        System.arraycopy(mac, 0, all, body.length, 4);
        return send(header + String.format("%02X", all.length) + Hex.of(all));
    }

    /** As {@link #sendWithMac}, the data encrypted first. */
    String sendSealed(String key, String header, String data) {
        byte[] sealed = SecureMessaging.encrypt(
                CardAlgorithm.SM4,
                Hex.parse(key),
                Hex.parse(data.replace(" ", "").toLowerCase(Locale.ROOT)));
        return sendWithMac(key, 16, header, Hex.of(sealed));
    }
}
