package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cos.chip.NvmGeometry;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Deposit and purse together, with all eight kinds of transaction in random order, beside a model: two balances, four
 * counters, the limit, one log, one proof a kind, a compound record. A transaction is whole, spoilt, left off after INIT, or cut by the power.
 */
class PurseReferenceTest {
    private static final String TERMINAL = Purses.TERMINAL;
    private static final String TIME = Purses.TIME.toString();

    /** The eight kinds, as the design page has them: P1 P2 of INIT, type, key, sign of the amount, online or offline. */
    enum Kind {
        ED_LOAD("0001", "01", Purses.DLK, 1, true),
        EP_LOAD("0002", "02", Purses.DLK, 1, true),
        UNLOAD("0501", "03", Purses.DULK, -1, true),
        CASH("0201", "04", Purses.DPK, -1, false),
        ED_PURCHASE("0101", "05", Purses.DPK, -1, false),
        EP_PURCHASE("0102", "06", Purses.DPK, -1, false),
        CAPP("0302", "09", Purses.DPK, -1, false),
        OVERDRAFT("0401", "07", Purses.DUK, 0, true);

        final String p1p2;
        final String type;
        final String key;
        final int sign;
        final boolean online;

        Kind(String p1p2, String type, String key, int sign, boolean online) {
            this.p1p2 = p1p2;
            this.type = type;
            this.key = key;
            this.sign = sign;
            this.online = online;
        }

        int purse() {
            return p1p2.charAt(3) - '0';
        }
    }

    /** How a transaction ends. */
    enum Ending {
        WHOLE,
        WRONG_MAC,
        LEFT_OFF,
        INTERRUPTED,
        POWER_CUT
    }

    record Deed(Kind kind, int amount, Ending ending, int cut, TornContent torn) {}

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(Kind.values()),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(0, 50),
                                Arbitraries.integers().between(0, 900)),
                        Arbitraries.frequency(
                                Tuple.of(6, Ending.WHOLE),
                                Tuple.of(1, Ending.WRONG_MAC),
                                Tuple.of(1, Ending.LEFT_OFF),
                                Tuple.of(1, Ending.INTERRUPTED),
                                Tuple.of(3, Ending.POWER_CUT)),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.of(TornContent.values()))
                .as(Deed::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void card_agrees_with_the_model(@ForAll("deeds") List<Deed> deeds) {
        Bench bench = Purses.personalise(Bench.blank(new NvmGeometry(32768, 64, 1_000_000)));
        bench.ok("80E00017072C0040F0F0FF00");
        bench.ok("00E200B806" + Play.record(0));
        Play play = new Play(bench);
        for (Deed deed : deeds) {
            play.play(deed);
            play.agree();
        }
        play.card.reset();
        play.card.ok(Purses.SELECT);
        play.agree();
    }

    /** Balance and counters of one purse. */
    private static final class Purse {
        long balance;
        int online;
        int offline;
        int limit;
    }

    /** What the last transaction of a kind left as its proof. */
    private record Proof(int sequence, String mac, String tac) {}

    private static final class Play {
        final Bench card;
        private final Purse[] purses = {new Purse(), new Purse()};
        private final List<String> log = new ArrayList<>();
        private final Map<Kind, Proof> proofs = new EnumMap<>(Kind.class);
        private int terminalSeq = 0xFFF0;
        private int recorded;

        /** The compound record after a purchase of that amount. */
        static String record(int amount) {
            return "AA0400" + String.format("%06X", amount);
        }

        Play(Bench card) {
            this.card = card;
        }

        void play(Deed deed) {
            Purse purse = purses[deed.kind().purse() - 1];
            String amount = Purses.hex8(deed.amount());
            boolean overdraft = deed.kind() == Kind.OVERDRAFT;
            String init =
                    card.send("8050" + deed.kind().p1p2 + (overdraft ? "0701" + TERMINAL : "0B01" + amount + TERMINAL));
            long borrowed = deed.kind() == Kind.UNLOAD ? purse.limit : 0;
            if (deed.kind().sign < 0 && deed.amount() > purse.balance - borrowed) {
                assertEquals("9401", init);
                return;
            }
            checkInit(deed.kind(), purse, init);
            if (deed.kind() == Kind.CAPP && deed.ending() != Ending.LEFT_OFF) {
                card.ok("80DCAAB806" + record(deed.amount()));
            }
            Expected expected = new Expected(deed, purse, init, ++terminalSeq);
            if (overdraft && expected.newBalance() < 0) {
                card.expect(expected.frame(), "9401");
                return;
            }
            finish(deed, purse, expected);
        }

        private static void checkInit(Kind kind, Purse purse, String init) {
            int sequence = kind.online ? purse.online : purse.offline;
            String expected = Purses.hex8(purse.balance) + String.format("%04X", sequence)
                    + (kind.online && kind != Kind.OVERDRAFT ? "" : String.format("%06X", purse.limit))
                    + "0104";
            assertEquals(expected, init.substring(0, expected.length()));
            assertEquals(kind == Kind.OVERDRAFT ? 42 : kind.online ? 36 : 34, init.length());
        }

        private void finish(Deed deed, Purse purse, Expected expected) {
            switch (deed.ending()) {
                case WHOLE -> {
                    card.expect(expected.frame(), expected.answer() + "9000");
                    settle(deed, purse, expected);
                }
                case WRONG_MAC -> {
                    card.expect(Flips.bit(expected.frame(), expected.frame().length() * 4 - 5), "9302");
                    restoreTries(deed.kind());
                }
                case LEFT_OFF -> card.ok("805C000204");
                case INTERRUPTED -> {
                    card.ok("0084000008");
                    card.expect(expected.frame(), "6901");
                }
                case POWER_CUT -> cut(deed, purse, expected);
            }
        }

        private void cut(Deed deed, Purse purse, Expected expected) {
            card.card().nvm().cutPower(new PowerCut(deed.cut(), deed.torn()));
            boolean torn = false;
            try {
                card.expect(expected.frame(), expected.answer() + "9000");
            } catch (PowerLoss e) {
                torn = true;
            }
            card.card().nvm().keepPower();
            card.reset();
            card.ok(Purses.SELECT);
            String proof = card.send("805A00" + deed.kind().type + "02" + expected.sequence() + "08");
            boolean done = !proof.equals("9406");
            assertTrue(torn || done, "an answered transaction has a proof");
            if (done) {
                settle(deed, purse, expected);
            }
        }

        private void settle(Deed deed, Purse purse, Expected expected) {
            log.add(0, expected.logRecord());
            proofs.put(deed.kind(), expected.proof());
            purse.balance = expected.newBalance();
            purse.limit = deed.kind() == Kind.OVERDRAFT ? deed.amount() : purse.limit;
            recorded = deed.kind() == Kind.CAPP ? deed.amount() : recorded;
            if (deed.kind().online) {
                purse.online++;
            } else {
                purse.offline++;
            }
        }

        /** The load keys lose a try with a wrong MAC2; a transaction of nothing gives it back. */
        private void restoreTries(Kind kind) {
            if (kind.online) {
                int same = kind == Kind.OVERDRAFT ? purses[0].limit : 0;
                Kind possible = kind == Kind.UNLOAD && purses[0].balance < purses[0].limit ? Kind.ED_LOAD : kind;
                play(new Deed(possible, same, Ending.WHOLE, 1, TornContent.OLD));
            }
        }

        void agree() {
            for (int i = 0; i < 2; i++) {
                card.expect("805C000" + (i + 1) + "04", Purses.hex8(purses[i].balance) + "9000");
            }
            card.expect("00B201BC00", record(recorded) + "9000");
            for (int n = 1; n <= 10; n++) {
                String expected = n <= log.size() ? log.get(n - 1) + "9000" : "6A83";
                card.expect(String.format("00B2%02XC400", n), expected);
            }
            proofs.forEach((kind, proof) -> card.expect(
                    "805A00" + kind.type + "02" + String.format("%04X", proof.sequence()) + "08",
                    proof.mac() + proof.tac() + "9000"));
        }
    }

    /** Everything that follows from a deed and the card's answer to INIT, computed as the design page says. */
    private record Expected(Deed deed, Purse purse, String init, int terminalSeq, String session, String sequence) {
        Expected(Deed deed, Purse purse, String init, int terminalSeq) {
            this(deed, purse, init, terminalSeq, session(deed.kind(), init, terminalSeq), init.substring(8, 12));
        }

        private static String session(Kind kind, String init, int terminalSeq) {
            boolean behindLimit = !kind.online || kind == Kind.OVERDRAFT;
            String random = behindLimit ? init.substring(22, 30) : init.substring(16, 24);
            String last = kind.online ? "8000" : String.format("%04X", terminalSeq & 0xFFFF);
            byte[] seed = bytes(random + init.substring(8, 12) + last);
            return Hex.of(CardAlgorithm.SM4.diversify(bytes(kind.key), seed));
        }

        String frame() {
            String mac = mac(session, amount() + deed.kind().type + TERMINAL + TIME);
            if (deed.kind() == Kind.OVERDRAFT) {
                return "805800000E" + amount() + TIME + mac;
            }
            if (deed.kind() == Kind.UNLOAD) {
                return "805403000B" + TIME + mac;
            }
            return deed.kind().online
                    ? "805200000B" + TIME + mac
                    : "805401000F" + Purses.hex8(terminalSeq) + TIME + mac;
        }

        String answer() {
            Proof proof = proof();
            return switch (deed.kind()) {
                case UNLOAD -> proof.mac();
                case ED_LOAD, EP_LOAD, OVERDRAFT -> proof.tac();
                default -> proof.tac() + proof.mac();
            };
        }

        Proof proof() {
            String online = Purses.hex8(newBalance()) + sequence + amount() + deed.kind().type + TERMINAL + TIME;
            String offline = amount() + deed.kind().type + TERMINAL + Purses.hex8(terminalSeq) + TIME;
            String zero = "00000000";
            int number = Integer.parseInt(sequence, 16);
            return switch (deed.kind()) {
                case UNLOAD -> new Proof(number, mac(session, online), zero);
                case ED_LOAD, EP_LOAD, OVERDRAFT -> new Proof(number, zero, mac(Purses.DTK, online));
                default -> new Proof(number, mac(session, amount()), mac(Purses.DTK, offline));
            };
        }

        long newBalance() {
            long change = deed.kind() == Kind.OVERDRAFT
                    ? deed.amount() - purse.limit
                    : (long) deed.kind().sign * deed.amount();
            return Long.parseLong(init.substring(0, 8), 16) + change;
        }

        String logRecord() {
            int limit = deed.kind() == Kind.OVERDRAFT ? deed.amount() : purse.limit;
            return String.format("%04X%06X", Integer.parseInt(sequence, 16) + 1, limit)
                    + Purses.hex8(deed.amount())
                    + deed.kind().type
                    + TERMINAL
                    + TIME;
        }

        private String amount() {
            return deed.kind() == Kind.OVERDRAFT ? String.format("%06X", deed.amount()) : Purses.hex8(deed.amount());
        }

        private static String mac(String key, String data) {
            return Hex.of(CardAlgorithm.SM4.mac4(bytes(key), bytes(data))).toUpperCase(Locale.ROOT);
        }

        private static byte[] bytes(String hex) {
            return Hex.parse(hex.toLowerCase(Locale.ROOT));
        }
    }
}
