package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * What a host does with a card (联机交易记录): load, unload, change of the overdraft limit, release of a grey lock; 52 bytes, our profile:
 * version 01 ‖ type 1 ‖ keyVersion 1 ‖ algorithm 1 ‖ cardSerial 10 ‖ onlineSeq 2 ‖ oldBalance 4 ‖ oldLimit 3 ‖ value 4 ‖
 * terminal 6 ‖ time 7 ‖ random 4 ‖ MAC1 4 ‖ proof 4. Value is the amount in fen, or the new limit;
 * where a grey lock is released the purse's offline sequence stands in place of the old limit.
 * Proof is TAC or MAC3, 00000000 before the card answered. Its identity is (card serial, online sequence).
 */
public record HostRecord(
        TransactionType type,
        int keyVersion,
        int algorithm,
        byte[] cardSerial,
        int onlineSeq,
        long oldBalance,
        int oldLimit,
        long value,
        byte[] terminal,
        CardTime time,
        byte[] random,
        byte[] mac1,
        byte[] proof) {
    /** Length in bytes. */
    public static final int LENGTH = 52;

    private static final int MOST_LIMIT = 0xFFFFFF;
    private static final long MOST = 0xFFFFFFFFL;

    public HostRecord {
        if (cardSerial.length != 10 || terminal.length != 6 || random.length != 4) {
            throw new MalformedInput("expected card serial of 10, terminal of 6 and random of 4 bytes");
        }
        if (mac1.length != 4 || proof.length != 4) {
            throw new MalformedInput("expected MAC1 and proof of 4 bytes");
        }
        if (!fits(type, value) || oldBalance < 0 || oldBalance > MOST || oldLimit < 0 || oldLimit > MOST_LIMIT) {
            throw new MalformedInput("expected load or unload of 1 fen or more, or a limit of three bytes");
        }
        long after = after(type, oldBalance, oldLimit, value);
        if (after < 0 || after > MOST) {
            throw new MalformedInput("expected a new balance of 0 to 2^32-1");
        }
        cardSerial = cardSerial.clone();
        terminal = terminal.clone();
        random = random.clone();
        mac1 = mac1.clone();
        proof = proof.clone();
    }

    private static boolean fits(TransactionType type, long value) {
        return switch (type) {
            case ED_LOAD, EP_LOAD, UNLOAD -> value > 0;
            case OVERDRAFT -> value >= 0 && value <= MOST_LIMIT;
            case EP_GREY_UNLOCK -> value >= 0;
            default -> false;
        };
    }

    private static long after(TransactionType type, long balance, int limit, long value) {
        return switch (type) {
            case UNLOAD, EP_GREY_UNLOCK -> balance - value;
            case OVERDRAFT -> balance - limit + value;
            default -> balance + value;
        };
    }

    /** @throws MalformedInput if the bytes are no such record */
    public static HostRecord parse(byte[] encoded) {
        var in = new ByteReader(encoded);
        if (in.u8() != 1) {
            throw new MalformedInput("expected a host record of version 01");
        }
        var record = new HostRecord(
                TransactionType.of(in.u8()),
                in.u8(),
                in.u8(),
                in.bytes(10),
                in.u16(),
                in.u32(),
                in.u24(),
                in.u32(),
                in.bytes(6),
                new CardTime(in.bytes(7)),
                in.bytes(4),
                in.bytes(4),
                in.bytes(4));
        in.end();
        return record;
    }

    /** The 52 bytes. */
    public byte[] encode() {
        return new ByteWriter()
                .u8(1)
                .u8(type.id())
                .u8(keyVersion)
                .u8(algorithm)
                .bytes(cardSerial)
                .u16(onlineSeq)
                .u32(oldBalance)
                .u24(oldLimit)
                .u32(value)
                .bytes(terminal)
                .bytes(time.bytes())
                .bytes(random)
                .bytes(mac1)
                .bytes(proof)
                .toByteArray();
    }

    HostRecord withProof(byte[] newProof) {
        return new HostRecord(
                type,
                keyVersion,
                algorithm,
                cardSerial,
                onlineSeq,
                oldBalance,
                oldLimit,
                value,
                terminal,
                time,
                random,
                mac1,
                newProof);
    }

    /** Balance of the deposit afterwards, the overdraft included. */
    public long newBalance() {
        return after(type, oldBalance, oldLimit, value);
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
        return switch (type) {
            case OVERDRAFT -> PurseCryptograms.overdraftMac1(oldBalance, oldLimit, terminal);
            case EP_GREY_UNLOCK -> GreyCryptograms.unlockMac1(oldBalance, oldLimit, type, terminal);
            default -> PurseCryptograms.loadMac1(oldBalance, value, type, terminal);
        };
    }

    /** What the host's MAC2 covers. */
    public byte[] mac2Data() {
        return type == TransactionType.OVERDRAFT
                ? PurseCryptograms.overdraftMac2((int) value, terminal, time)
                : PurseCryptograms.hostMac(value, type, terminal, time);
    }

    /** What the card's TAC or MAC3 covers. */
    public byte[] proofData() {
        return type == TransactionType.OVERDRAFT
                ? PurseCryptograms.overdraftTac(newBalance(), onlineSeq, (int) value, terminal, time)
                : PurseCryptograms.loadTac(newBalance(), onlineSeq, value, type, terminal, time);
    }

    /** Whether the proof is MAC3 under the session key, as of an unload; otherwise it is a TAC. */
    public boolean provesBySession() {
        return type == TransactionType.UNLOAD || type == TransactionType.EP_GREY_UNLOCK;
    }

    /** Data of the command that does it: [newLimit 3, or amount 4 ‖] date 4 ‖ time 3 ‖ MAC2. */
    byte[] commitData(byte[] mac2) {
        var out = new ByteWriter();
        if (type == TransactionType.OVERDRAFT) {
            out.u24((int) value);
        } else if (type == TransactionType.EP_GREY_UNLOCK) {
            out.u32(value);
        }
        return out.bytes(time.bytes()).bytes(mac2).toByteArray();
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
    public byte[] proof() {
        return proof.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostRecord that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "HostRecord[" + type + " card " + Hex.of(cardSerial) + " seq " + onlineSeq + ", " + value + "]";
    }
}
