package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * A load of the purse (圈存记录), 48 bytes, our profile: version 01 ‖ keyVersion 1 ‖ algorithm 1 ‖ cardSerial 10 ‖ onlineSeq 2
 * ‖ oldBalance 4 ‖ amount 4 ‖ terminal 6 ‖ time 7 ‖ random 4 ‖ MAC1 4 ‖ TAC 4. Amounts in fen. Before the card answered its
 * TAC is 00000000. Its identity is (card serial, online sequence).
 */
public record LoadRecord(
        int keyVersion,
        int algorithm,
        byte[] cardSerial,
        int onlineSeq,
        long oldBalance,
        long amount,
        byte[] terminal,
        CardTime time,
        byte[] random,
        byte[] mac1,
        byte[] tac) {
    /** Length in bytes. */
    public static final int LENGTH = 48;

    private static final TransactionType TYPE = TransactionType.EP_LOAD;

    public LoadRecord {
        if (cardSerial.length != 10 || terminal.length != 6 || random.length != 4) {
            throw new MalformedInput("expected card serial of 10, terminal of 6 and random of 4 bytes");
        }
        if (mac1.length != 4 || tac.length != 4) {
            throw new MalformedInput("expected MAC1 and TAC of 4 bytes");
        }
        if (amount <= 0 || oldBalance < 0 || oldBalance + amount > 0xFFFFFFFFL) {
            throw new MalformedInput("expected an amount of at least 1 fen and a new balance up to 2^32-1");
        }
        cardSerial = cardSerial.clone();
        terminal = terminal.clone();
        random = random.clone();
        mac1 = mac1.clone();
        tac = tac.clone();
    }

    static LoadRecord of(PurseData card, LoadOffer offer, long amount, byte[] terminal6, CardTime time) {
        return new LoadRecord(
                offer.keyVersion(),
                offer.algorithm(),
                card.serial(),
                offer.onlineSeq(),
                offer.balance(),
                amount,
                terminal6,
                time,
                offer.random(),
                offer.mac1(),
                new byte[4]);
    }

    /** @throws MalformedInput if the bytes are no load record */
    public static LoadRecord parse(byte[] raw) {
        var in = new ByteReader(raw);
        if (in.u8() != 1) {
            throw new MalformedInput("expected a load record of version 01");
        }
        var record = new LoadRecord(
                in.u8(),
                in.u8(),
                in.bytes(10),
                in.u16(),
                in.u32(),
                in.u32(),
                in.bytes(6),
                new CardTime(in.bytes(7)),
                in.bytes(4),
                in.bytes(4),
                in.bytes(4));
        in.end();
        return record;
    }

    /** The 48 bytes. */
    public byte[] encode() {
        return new ByteWriter()
                .u8(1)
                .u8(keyVersion)
                .u8(algorithm)
                .bytes(cardSerial)
                .u16(onlineSeq)
                .u32(oldBalance)
                .u32(amount)
                .bytes(terminal)
                .bytes(time.bytes())
                .bytes(random)
                .bytes(mac1)
                .bytes(tac)
                .toByteArray();
    }

    LoadRecord withTac(byte[] newTac) {
        return new LoadRecord(
                keyVersion, algorithm, cardSerial, onlineSeq, oldBalance, amount, terminal, time, random, mac1, newTac);
    }

    /** Balance after the load. */
    public long newBalance() {
        return oldBalance + amount;
    }

    /** The card's key factor: the right 8 bytes of its serial. */
    public byte[] cardFactor() {
        return Arrays.copyOfRange(cardSerial, 2, 10);
    }

    /** Seed of the session key, 8 bytes. */
    public byte[] sessionSeed() {
        return PurseCryptograms.onlineSeed(random, onlineSeq);
    }

    /** What the card's MAC1 covers. */
    public byte[] mac1Data() {
        return PurseCryptograms.loadMac1(oldBalance, amount, TYPE, terminal);
    }

    /** What the host's MAC2 covers. */
    public byte[] mac2Data() {
        return PurseCryptograms.hostMac(amount, TYPE, terminal, time);
    }

    /** What the TAC covers. */
    public byte[] tacData() {
        return PurseCryptograms.loadTac(newBalance(), onlineSeq, amount, TYPE, terminal, time);
    }

    /** CREDIT FOR LOAD's data: date4 ‖ time3 ‖ MAC2. */
    byte[] creditData(byte[] mac2) {
        return new ByteWriter().bytes(time.bytes()).bytes(mac2).toByteArray();
    }

    @Override
    public byte[] cardSerial() {
        return cardSerial.clone();
    }

    @Override
    public byte[] terminal() {
        return terminal.clone();
    }

    @Override
    public byte[] random() {
        return random.clone();
    }

    @Override
    public byte[] mac1() {
        return mac1.clone();
    }

    @Override
    public byte[] tac() {
        return tac.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadRecord that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "LoadRecord[card " + Hex.of(cardSerial) + " seq " + onlineSeq + ", " + amount + " fen]";
    }
}
