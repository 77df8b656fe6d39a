package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;

/**
 * The card's answer to GET LOCK PROOF (灰锁状态), 30 bytes: state 1 ‖ type 1 ‖ P2 1 ‖ balance 4 ‖ sequence 2 ‖ terminal 6 ‖
 * terminalSeq 4 ‖ time 7 ‖ TAC 4.
 */
record GreyProof(
        int state, int type, long balance, int sequence, byte[] terminal, long terminalSeq, CardTime time, byte[] tac) {
    static final int LENGTH = 30;
    static final int FREE = 0x00;
    static final int LOCKED = 0x01;

    static GreyProof parse(byte[] answer) {
        var in = new ByteReader(answer);
        int state = in.u8();
        int type = in.u8();
        in.u8();
        return new GreyProof(
                state, type, in.u32(), in.u16(), in.bytes(6), in.u32(), new CardTime(in.bytes(7)), in.bytes(4));
    }

    /** Whether it speaks of this terminal's lock, or of its end. */
    boolean isOf(GreyLock lock) {
        return terminalSeq == lock.record().terminalSeq()
                && Arrays.equals(terminal, lock.record().terminal());
    }
}
