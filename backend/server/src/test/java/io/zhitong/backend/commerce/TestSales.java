package io.zhitong.backend.commerce;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.List;

/** Purchase records as a till journals them, with TACs under the cards' own keys; for tests of every module. */
public final class TestSales {
    /** Root of the TAC keys. */
    public static final byte[] ROOT = Hex.parse("f0862c4759ca9b15561201f52e295c59");

    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] PSAM = Hex.parse("00004403000100000043");
    private static final byte[] TERMINAL = Hex.parse("000000000043");
    private static final byte[] ISSUER = Hex.parse("4403000000000000");

    private TestSales() {}

    public static byte[] card(int number) {
        return Hex.parse(String.format("000044030101%08d", number));
    }

    /** Paid, with the right TAC. */
    public static PurchaseRecord paid(int card, int counter, long terminalSequence, long fen) {
        PurchaseRecord bare = record(card, counter, terminalSequence, fen, new byte[4], PurchaseRecord.State.PAID);
        byte[] key = CardAlgorithm.SM4.diversify(ROOT, List.of(CITY, bare.cardFactor()));
        byte[] tac = CardAlgorithm.SM4.mac4(key, bare.tacData());
        return record(card, counter, terminalSequence, fen, tac, PurchaseRecord.State.PAID);
    }

    /** As {@link #paid}, by a terminal that sends these 7 bytes as its time. */
    public static PurchaseRecord paidAt(String time, int card, int counter, long terminalSequence, long fen) {
        PurchaseRecord bare = at(time, paid(card, counter, terminalSequence, fen), new byte[4]);
        byte[] key = CardAlgorithm.SM4.diversify(ROOT, List.of(CITY, bare.cardFactor()));
        return at(time, bare, CardAlgorithm.SM4.mac4(key, bare.tacData()));
    }

    private static PurchaseRecord at(String time, PurchaseRecord p, byte[] tac) {
        return like(p, p.type(), p.algorithm(), p.amount(), new CardTime(Hex.parse(time)), tac);
    }

    private static PurchaseRecord like(
            PurchaseRecord p, TransactionType type, CardAlgorithm algorithm, long fen, CardTime time, byte[] tac) {
        return new PurchaseRecord(
                type,
                algorithm,
                p.keyVersion(),
                p.psamSerial(),
                p.terminalSeq(),
                p.terminal(),
                p.issuer(),
                p.cardSerial(),
                p.offlineSeq(),
                fen,
                p.balance(),
                time,
                tac,
                p.state());
    }

    public static PurchaseRecord wrongTac(int card, int counter, long terminalSequence, long fen) {
        byte[] tac = paid(card, counter, terminalSequence, fen).tac();
        tac[3] ^= 1;
        return record(card, counter, terminalSequence, fen, tac, PurchaseRecord.State.PAID);
    }

    /** The terminal could not check the card's answer. */
    public static PurchaseRecord grey(PurchaseRecord p) {
        int card = Integer.parseInt(Hex.of(p.cardSerial()).substring(12));
        return record(card, p.offlineSeq(), p.terminalSeq(), p.amount(), p.tac(), PurchaseRecord.State.GREY);
    }

    /** The TAC key of a bought card: SM4 to the city, 3DES to the card. */
    static byte[] bought(byte[] root, List<byte[]> factors) {
        byte[] city = CardAlgorithm.SM4.diversify(root, factors.get(0));
        return CardAlgorithm.TRIPLE_DES.diversify(city, factors.get(1));
    }

    /** A sale to a bought card of 3DES, with the right TAC, or with that of SM4. */
    public static PurchaseRecord paidByBought(boolean right, int card, int counter, long terminalSequence, long fen) {
        PurchaseRecord p = paid(card, counter, terminalSequence, fen);
        byte[] tac = CardAlgorithm.TRIPLE_DES.tac4(bought(ROOT, List.of(CITY, p.cardFactor())), p.tacData());
        return like(p, p.type(), CardAlgorithm.TRIPLE_DES, p.amount(), p.time(), right ? tac : p.tac());
    }

    /** The way into a car park: a compound purchase of nothing. */
    public static PurchaseRecord entered(int card, int counter, long terminalSequence) {
        PurchaseRecord p = paid(card, counter, terminalSequence, 1);
        return like(p, TransactionType.CAPP_PURCHASE, p.algorithm(), 0, p.time(), p.tac());
    }

    public static PurchaseRecord ended(
            int card, int counter, long terminalSequence, long fen, PurchaseRecord.State state) {
        return record(card, counter, terminalSequence, fen, new byte[4], state);
    }

    /** As {@link #ended}, by a terminal that sends these 7 bytes as its time. */
    public static PurchaseRecord endedAt(
            String time, int card, int counter, long terminalSequence, long fen, PurchaseRecord.State state) {
        return at(time, ended(card, counter, terminalSequence, fen, state), new byte[4]);
    }

    private static PurchaseRecord record(
            int card, int counter, long terminalSequence, long fen, byte[] tac, PurchaseRecord.State state) {
        return new PurchaseRecord(
                TransactionType.of(6),
                CardAlgorithm.SM4,
                1,
                PSAM,
                terminalSequence,
                TERMINAL,
                ISSUER,
                card(card),
                counter,
                fen,
                10_000,
                new CardTime(Hex.parse("20261121101530")),
                Arrays.copyOf(tac, 4),
                state);
    }
}
