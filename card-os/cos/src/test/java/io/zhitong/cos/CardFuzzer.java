package io.zhitong.cos;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What any bytes may do to a card, for a fuzzer that steers by coverage ({@code bin/soak}) and for random bytes
 * ({@link CardFuzzerTest}). The first byte chooses a card; then come commands, resets and losses of power. Whatever comes:
 * each answer is a status word of docs/card.md, never 6F00, data only with success or a warning, the card powers up again,
 * and its purses never hold more than at the start.
 */
public final class CardFuzzer {
    static final long MONEY = 10_000;
    private static final int MOST_COMMANDS = 60;
    private static final int MOST_RAW = 0xB0;
    private static final int[] CLASSES = {0x00, 0x04, 0x80, 0x84, 0xE0};
    private static final int[] INSTRUCTIONS = {
        0xA4, 0xB0, 0xD6, 0xB2, 0xDC, 0xE2, 0x84, 0x82, 0x88, 0x20, 0xE0, 0x0E, 0xD4, 0x5C, 0x50, 0x52, 0x54, 0x5A,
        0x8A, 0x8B, 0xF6, 0x70, 0x72, 0x1A, 0xFA, 0xE4, 0xF0, 0x24, 0x5E, 0x58, 0x1E, 0x18, 0x16, 0x7A, 0x7C, 0x7E,
        0xCA, 0x40, 0x42, 0x44
    };
    private static final List<Nvm> CARDS = List.of(
            purse(),
            sam(),
            access(),
            Bench.of(CardProfile.named("fm1208").orElseThrow(), Bench.seeded(3))
                    .card()
                    .nvm());
    private static final List<String> OPENINGS = List.of(
            Purses.SELECT,
            Purses.initLoad(5),
            Purses.initPurchase(1),
            "00A4000002DF02",
            "801A3B0108" + SamTest.SERIAL,
            Accesses.SELECT,
            "0084000010",
            "0084000004");

    private final ByteArrayInputStream in;
    private final Card card;
    private int commands;

    private CardFuzzer(byte[] data) {
        this.in = new ByteArrayInputStream(data);
        this.card = new Card(fresh(next() % CARDS.size()), random());
    }

    /** The memory of the card with that number, as every run begins with it. */
    static Nvm fresh(int number) {
        return CARDS.get(number).copy();
    }

    /** What the card of every run draws. */
    static RandomSource random() {
        return Bench.seeded(7);
    }

    private static Nvm purse() {
        Bench bench = Purses.personalise(Bench.blank());
        Purses.load(bench, MONEY);
        return bench.card().nvm();
    }

    private static Nvm sam() {
        return SamTest.personalise().card().nvm();
    }

    private static Nvm access() {
        return Accesses.personalise("").card().nvm();
    }

    /** One input; throws if the card did what it must not. The fuzzer finds the method by its name. */
    public static void fuzzerTestOneInput(byte[] data) {
        run(data);
    }

    /** The same; answers how many commands were given. */
    static int run(byte[] data) {
        CardFuzzer run = new CardFuzzer(data);
        while (run.in.available() > 0 && run.commands < MOST_COMMANDS) {
            run.step();
        }
        run.card.nvm().keepPower();
        run.powered(run.card::reset);
        check(run.card);
        check(new Card(run.card.nvm().copy(), Bench.seeded(8)));
        return run.commands;
    }

    private void step() {
        int kind = next();
        if (kind < 0x38) {
            send(template(kind));
        } else if (kind < 0x40) {
            send(Hex.parse(OPENINGS.get(kind - 0x38).toLowerCase(Locale.ROOT)));
        } else if (kind < 0x40 + MOST_RAW) {
            send(bytes(kind - 0x40));
        } else if (kind < 0xF8) {
            card.nvm().cutPower(new PowerCut(1 + next(), TornContent.values()[kind & 3]));
        } else {
            powered(card::reset);
        }
    }

    private byte[] template(int kind) {
        int ins = INSTRUCTIONS[kind % INSTRUCTIONS.length];
        byte[] head = {(byte) CLASSES[next() % CLASSES.length], (byte) ins, (byte) next(), (byte) next()};
        int lc = next() % 48;
        byte[] frame = new byte[lc == 0 ? 4 : 5 + lc];
        System.arraycopy(head, 0, frame, 0, 4);
        if (lc > 0) {
            frame[4] = (byte) lc;
            byte[] data = bytes(lc);
            System.arraycopy(data, 0, frame, 5, data.length);
        }
        return frame;
    }

    private void send(byte[] frame) {
        commands++;
        powered(() -> judge(frame, card.process(frame)));
    }

    private void powered(Runnable step) {
        try {
            step.run();
        } catch (PowerLoss cut) {
            powered(card::reset);
        }
    }

    private static void judge(byte[] frame, byte[] answer) {
        require(answer.length >= 2 && answer.length <= 241, "an answer's length to", frame);
        int sw = (answer[answer.length - 2] & 0xFF) << 8 | answer[answer.length - 1] & 0xFF;
        Optional<StatusWord> word = StatusWord.of(sw);
        require(word.isPresent(), "a status word of the manual to", frame);
        require(sw != StatusWord.INTERNAL.value(), "no fault of ours at", frame);
        boolean mayCarry = sw == StatusWord.OK.value() || sw >> 8 == 0x62;
        require(mayCarry || answer.length == 2, "no data beside a refusal of", frame);
    }

    /** The purses of a card never hold more than what was loaded. */
    static void check(Card card) {
        long sum = money(card, card.files().mf());
        if (sum > MONEY) {
            throw new AssertionError("expected at most " + MONEY + " on the card, found " + sum);
        }
    }

    private static long money(Card card, CardFile df) {
        long sum = 0;
        for (CardFile file : card.files().children(df)) {
            if (file.kind() == FileKind.PURSE) {
                sum += new PurseFile(file).balance();
            } else if (file.kind() == FileKind.DIRECTORY) {
                sum += money(card, file);
            }
        }
        return sum;
    }

    private static void require(boolean good, String what, byte[] frame) {
        if (!good) {
            throw new AssertionError("expected " + what + " " + Hex.of(frame));
        }
    }

    private int next() {
        return Math.max(0, in.read());
    }

    private byte[] bytes(int n) {
        byte[] out = new byte[Math.min(n, in.available())];
        return in.read(out, 0, out.length) < 0 ? new byte[0] : out;
    }
}
