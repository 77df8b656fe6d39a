package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random loads and purchases with random power cuts, beside a model of one balance and two counters. */
class PurseModelTest {
    /** What is done: amount, whether it is a load, operation at which power fails (0: it does not), content left. */
    record Deed(boolean load, int amount, int cut, TornContent torn, boolean wrongMac) {}

    @Provide
    Arbitrary<List<Deed>> deeds() {
        Arbitrary<Deed> deed = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.integers().between(-200, 120).map(n -> Math.max(n, 0)),
                        Arbitraries.of(TornContent.values()),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(5, Arbitraries.just(false)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(true))))
                .as(Deed::new);
        return deed.list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 150)
    void card_agrees_with_the_model(@ForAll("deeds") List<Deed> deeds) {
        Bench card = Purses.personalise(Bench.blank(new NvmGeometry(32768, 4, 1_000_000)));
        Model model = new Model();
        for (int i = 0; i < deeds.size(); i++) {
            play(card, model, deeds.get(i), i);
        }
    }

    private static void play(Bench card, Model model, Deed deed, int number) {
        String init = card.send(deed.load() ? Purses.initLoad(deed.amount()) : Purses.initPurchase(deed.amount()));
        if (!deed.load() && deed.amount() > model.balance) {
            assertEquals("9401", init);
            return;
        }
        assertTrue(init.endsWith("9000"), init);
        assertEquals(deed.load() ? model.online : model.offline, Integer.parseInt(init.substring(8, 12), 16));
        String frame = deed.load() ? Purses.credit(deed.amount(), init) : Purses.debit(deed.amount(), number, init);
        finish(card, model, deed, deed.wrongMac() ? spoil(frame) : frame);
        model.agree(card);
    }

    private static void finish(Bench card, Model model, Deed deed, String frame) {
        if (deed.cut() > 0) {
            card.card().nvm().cutPower(new PowerCut(deed.cut(), deed.torn()));
        }
        try {
            String answer = card.send(frame);
            card.card().nvm().keepPower();
            assertEquals(deed.wrongMac() ? "9302" : "9000", answer.substring(answer.length() - 4));
            if (!deed.wrongMac()) {
                model.did(deed);
            }
        } catch (PowerLoss e) {
            card.reset();
            card.ok(Purses.SELECT);
            model.mayHaveDone(card, deed);
        }
        model.restoreTries(card);
    }

    private static String spoil(String frame) {
        int last = frame.length() - 3;
        return frame.substring(0, last) + (frame.charAt(last) == '0' ? '1' : '0') + frame.substring(last + 1);
    }

    private static final class Model {
        long balance;
        int online;
        int offline;

        void did(Deed deed) {
            balance += deed.load() ? deed.amount() : -deed.amount();
            if (deed.load()) {
                online++;
            } else {
                offline++;
            }
        }

        /** The counter tells which; then the balance must fit. */
        void mayHaveDone(Bench card, Deed deed) {
            String init = card.ok(deed.load() ? Purses.initLoad(0) : Purses.initPurchase(0));
            int sequence = Integer.parseInt(init.substring(8, 12), 16);
            int known = deed.load() ? online : offline;
            assertTrue(sequence == known || sequence == known + 1 && !deed.wrongMac(), "sequence " + sequence);
            if (sequence > known) {
                did(deed);
            }
        }

        /** A load of nothing gives the load key its tries back, so that long runs do not block it. */
        void restoreTries(Bench card) {
            Purses.load(card, 0);
            online++;
        }

        void agree(Bench card) {
            assertEquals(balance, Purses.balance(card));
        }
    }
}
