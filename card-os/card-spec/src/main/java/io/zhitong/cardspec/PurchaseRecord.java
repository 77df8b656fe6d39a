package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * A purchase as the terminal journals it (消费记录), 64 bytes, our profile, docs/card.md: version 01 ‖ type1 ‖ algorithm1 ‖
 * keyVersion1 ‖ psamSerial10 ‖ terminalSeq4 ‖ terminal6 ‖ issuer8 ‖ cardSerial10 ‖ offlineSeq2 ‖ amount4 ‖ balance4 ‖
 * time7 ‖ TAC4 ‖ state1. Its identity is (PSAM serial, terminal sequence). Amount in fen, 1..2^32-1; 0 for a
 * CAPP that only writes, such as the way into a car park, and for grey locks. Balance (after) and
 * counter are the card's claims; the TAC does not prove them.
 */
public record PurchaseRecord(
        TransactionType type,
        CardAlgorithm algorithm,
        int keyVersion,
        byte[] psamSerial,
        long terminalSeq,
        byte[] terminal,
        byte[] issuer,
        byte[] cardSerial,
        int offlineSeq,
        long amount,
        long balance,
        CardTime time,
        byte[] tac,
        State state) {
    /** Length in bytes. */
    public static final int LENGTH = 64;

    /** How the purchase ended (交易状态). */
    public enum State {
        /** The card debited and the TAC is in the record. */
        PAID("已支付", "paid"),
        /** The card left half-way and did not come back: settled by its later counter. */
        GREY("灰记录", "grey"),
        /** Proved not debited; only explains a gap in the terminal's counter. */
        NOT_DEBITED("未扣款", "not debited");

        private final String zh;
        private final String en;

        State(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        /** Chinese name. */
        public String zh() {
            return zh;
        }

        /** English name. */
        public String en() {
            return en;
        }
    }

    public PurchaseRecord {
        if (psamSerial.length != 10 || terminal.length != 6 || issuer.length != 8) {
            throw new MalformedInput("expected PSAM serial of 10, terminal of 6 and issuer of 8 bytes");
        }
        if (cardSerial.length != 10 || tac.length != 4) {
            throw new MalformedInput("expected card serial of 10 and TAC of 4 bytes");
        }
        long least = moneyIn(type) ? 1 : 0;
        if (amount < least || amount > 0xFFFFFFFFL || balance < 0 || balance > 0xFFFFFFFFL) {
            throw new MalformedInput("expected an amount of 1 fen to 2^32-1 and an unsigned balance");
        }
        boolean fits = keyVersion >= 0 && keyVersion <= 0xFF && offlineSeq >= 0 && offlineSeq <= 0xFFFF;
        if (!fits || terminalSeq < 0 || terminalSeq > 0xFFFFFFFFL) {
            throw new MalformedInput(
                    "expected a key version of one, a card sequence of two, a terminal's of four bytes");
        }
        psamSerial = psamSerial.clone();
        terminal = terminal.clone();
        issuer = issuer.clone();
        cardSerial = cardSerial.clone();
        tac = tac.clone();
    }

    /** A CAPP may only write; a grey lock moves nothing, and a service that was not used debits nothing. */
    private static boolean moneyIn(TransactionType type) {
        return switch (type) {
            case CAPP_PURCHASE, EP_GREY_LOCK, ED_GREY_LOCK, EP_GREY_DEBIT, ED_GREY_DEBIT -> false;
            default -> true;
        };
    }

    /**
     * Reads the 64 bytes.
     *
     * @throws MalformedInput if they are no purchase record
     */
    public static PurchaseRecord parse(byte[] raw) {
        ByteReader in = new ByteReader(raw);
        if (in.u8() != 1) {
            throw new MalformedInput("expected a purchase record of version 01");
        }
        PurchaseRecord record = new PurchaseRecord(
                TransactionType.of(in.u8()),
                CardAlgorithm.of(in.u8()),
                in.u8(),
                in.bytes(10),
                in.u32(),
                in.bytes(6),
                in.bytes(8),
                in.bytes(10),
                in.u16(),
                in.u32(),
                in.u32(),
                new CardTime(in.bytes(7)),
                in.bytes(4),
                state(in.u8()));
        in.end();
        if (!Arrays.equals(raw, record.encode())) {
            throw new MalformedInput("expected the one encoding of a purchase record: 3DES is algorithm 00");
        }
        return record;
    }

    private static State state(int ordinal) {
        if (ordinal >= State.values().length) {
            throw new MalformedInput("expected a purchase state 0..2");
        }
        return State.values()[ordinal];
    }

    /** The 64 bytes. */
    public byte[] encode() {
        return new ByteWriter()
                .u8(1)
                .u8(type.id())
                .u8(algorithm.id())
                .u8(keyVersion)
                .bytes(psamSerial)
                .u32(terminalSeq)
                .bytes(terminal)
                .bytes(issuer)
                .bytes(cardSerial)
                .u16(offlineSeq)
                .u32(amount)
                .u32(balance)
                .bytes(time.bytes())
                .bytes(tac)
                .u8(state.ordinal())
                .toByteArray();
    }

    /** What the TAC covers. */
    public byte[] tacData() {
        return PurseCryptograms.purchaseTac(amount, type, terminal, terminalSeq, time);
    }

    /** The card's key factor: the right 8 bytes of its serial. */
    public byte[] cardFactor() {
        return Arrays.copyOfRange(cardSerial, 2, 10);
    }

    @Override
    public byte[] psamSerial() {
        return psamSerial.clone();
    }

    @Override
    public byte[] terminal() {
        return terminal.clone();
    }

    @Override
    public byte[] issuer() {
        return issuer.clone();
    }

    @Override
    public byte[] cardSerial() {
        return cardSerial.clone();
    }

    @Override
    public byte[] tac() {
        return tac.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PurchaseRecord that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "PurchaseRecord[psam " + Hex.of(psamSerial) + " seq " + terminalSeq + ", " + amount + " fen, " + state
                + "]";
    }
}
