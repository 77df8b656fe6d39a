package io.zhitong.cos.file;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What a purse remembers of metered use (灰锁记录), 32 bytes: state1 ‖ type1 ‖ keyId1 ‖ GMAC tries left1 ‖ balance4 ‖
 * sequence2 ‖ terminal6 ‖ terminalSeq4 ‖ date4 ‖ time3 ‖ TAC4 ‖ 00.
 *
 * @param state {@link #FREE}, {@link #LOCKED} or {@link #TAC_UNREAD}
 * @param type of the transaction that brought the state
 * @param keyId purchase key of the lock
 * @param tries wrong GMACs that are still allowed
 * @param balance after that transaction
 * @param sequence that it took
 * @param tac GTAC of a lock, TAC of a debit, MAC3 of an unlock
 */
public record GreyLock(
        int state,
        int type,
        int keyId,
        int tries,
        long balance,
        int sequence,
        byte[] terminal6,
        long terminalSeq,
        byte[] time7,
        byte[] tac) {
    /** Nothing is locked. */
    public static final int FREE = 0x00;

    /** Locked: nothing but its debit or the host's unlock moves the purse. */
    public static final int LOCKED = 0x01;

    /** Unlocked; the TAC of that was not fetched yet. */
    public static final int TAC_UNREAD = 0x10;

    /** Wrong GMACs in a row after which only the host unlocks. */
    public static final int TRIES = 15;

    static final int LENGTH = 32;
    static final int TRIES_AT = 3;

    static GreyLock parse(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return new GreyLock(
                in.u8(),
                in.u8(),
                in.u8(),
                in.u8(),
                in.u32(),
                in.u16(),
                in.bytes(6),
                in.u32(),
                in.bytes(7),
                in.bytes(4));
    }

    byte[] encode() {
        return new ByteWriter()
                .u8(state)
                .u8(type)
                .u8(keyId)
                .u8(tries)
                .u32(balance)
                .u16(sequence)
                .bytes(terminal6)
                .u32(terminalSeq)
                .bytes(time7)
                .bytes(tac)
                .u8(0)
                .toByteArray();
    }

    /** Whether the purse is locked. */
    public boolean locked() {
        return state == LOCKED;
    }
}
