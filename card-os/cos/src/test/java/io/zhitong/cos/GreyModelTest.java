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

/**
 * A purse in metered use, random deeds with random cuts of the power beside a model: a balance, whether and under which
 * number it is locked, how often the GMAC may still be wrong. GET LOCK PROOF tells after a cut what happened.
 */
class GreyModelTest {
    enum What {
        LOCK,
        DEBIT,
        WRONG_DEBIT,
        HOST_UNLOCK,
        LOAD,
        PURCHASE,
        RESET
    }

    record Deed(What what, int amount, int cut, TornContent torn) {}

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(What.values()),
                        Arbitraries.integers().between(0, 600),
                        Arbitraries.integers().between(-40, 40).map(n -> Math.max(n, 0)),
                        Arbitraries.of(TornContent.values()))
                .as(Deed::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(16);
    }

    @Property(tries = 25)
    void card_agrees_with_the_model(@ForAll("deeds") List<Deed> deeds) {
        Model model = new Model(Purses.personalise(Bench.blank(new NvmGeometry(32768, 4, 1_000_000))));
        for (Deed deed : deeds) {
            model.play(deed);
            model.agree();
        }
    }

    private static final class Model {
        private final Bench card;
        private long balance;
        private boolean locked;
        private int lockSeq;
        private int offline;

        Model(Bench card) {
            this.card = card;
        }

        void play(Deed deed) {
            switch (deed.what()) {
                case LOCK -> lock(deed);
                case DEBIT -> debit(deed);
                case WRONG_DEBIT -> wrongDebit(deed);
                case HOST_UNLOCK -> hostUnlock(deed);
                case LOAD ->
                    other(Purses.initLoad(deed.amount()), () -> {
                        Purses.load(card, deed.amount());
                        balance += deed.amount();
                    });
                case PURCHASE -> purchase(deed);
                default -> again();
            }
        }

        private void lock(Deed deed) {
            other(Greys.INIT, () -> {
                boolean done = whole(Greys.lock(card.ok(Greys.INIT), "92"), deed);
                if (done || proof().startsWith("01")) {
                    locked = true;
                    lockSeq = offline++;
                }
            });
        }

        private void debit(Deed deed) {
            String frame = Greys.debit(deed.amount(), lockSeq);
            if (!locked || deed.amount() > balance) {
                card.expect(frame, locked ? "9401" : "9408");
                return;
            }
            boolean done = whole(frame, deed);
            if (done || proof().startsWith("1094")) {
                paid(deed.amount());
                offline++;
            }
        }

        private void wrongDebit(Deed deed) {
            String frame = Flips.bit(Greys.debit(0, lockSeq), 40 + 23 * 8 + deed.amount() % 32);
            card.expect(frame, locked ? "9302" : "9408");
        }

        private void hostUnlock(Deed deed) {
            if (!locked || deed.amount() > balance) {
                String init = card.send(Greys.INIT_UNLOCK);
                card.expect(locked ? Greys.unlock(init, deed.amount()) : Greys.INIT_UNLOCK, locked ? "9401" : "9408");
                return;
            }
            boolean done = whole(Greys.unlock(card.ok(Greys.INIT_UNLOCK), deed.amount()), deed);
            if (done || proof().startsWith("1096")) {
                paid(deed.amount());
            }
        }

        private void purchase(Deed deed) {
            if (!locked && deed.amount() > balance) {
                card.expect(Purses.initPurchase(deed.amount()), "9401");
                return;
            }
            other(Purses.initPurchase(deed.amount()), () -> {
                Purses.purchase(card, deed.amount(), 1);
                balance -= deed.amount();
                offline++;
            });
        }

        private void paid(long amount) {
            balance -= amount;
            locked = false;
        }

        /** What a locked purse refuses. */
        private void other(String init, Runnable free) {
            if (locked) {
                card.expect(init, "9408");
            } else {
                free.run();
            }
        }

        /** Whether the command was answered; else the power went and came again. */
        private boolean whole(String frame, Deed deed) {
            if (deed.cut() > 0) {
                card.card().nvm().cutPower(new PowerCut(deed.cut(), deed.torn()));
            }
            try {
                card.ok(frame);
                card.card().nvm().keepPower();
                return true;
            } catch (PowerLoss e) {
                again();
                return false;
            }
        }

        private void again() {
            card.reset();
            card.ok(Purses.SELECT);
        }

        private String proof() {
            return card.ok(Greys.PROOF);
        }

        void agree() {
            assertEquals(balance, Purses.balance(card));
            String proof = proof();
            assertEquals(locked, proof.startsWith("01"), proof);
            if (locked) {
                assertEquals(String.format("%04X", lockSeq), proof.substring(14, 18));
            } else {
                String init = card.ok(Purses.initPurchase(0));
                assertEquals(offline, Integer.parseInt(init.substring(8, 12), 16));
                assertTrue(proof.startsWith("00") || proof.startsWith("10"), proof);
            }
        }
    }
}
