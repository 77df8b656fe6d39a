package io.zhitong.cos.access;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Distance;
import io.zhitong.smcrypto.ByteWriter;

/**
 * EXCHANGE DISTANCE (距离测量) 80 8B 00 00, data rd4, answer rc4 (drawn at SELECT) ‖ min2 ‖ max2 in 0.1 ms; at most three a
 * SELECT, the last one enters the transcript.
 */
public final class ExchangeDistance implements Command {
    private static final int TRIES = 3;
    private static final int MIN = 10;
    private static final int MAX = 20;

    @Override
    public int ins() {
        return 0x8B;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 4);
        Shape.le(apdu, 8);
        AccessApplication.current(card).require(AccessMethod.DISTANCE);
        Distance before = card.session().distance();
        CommandRefused.unless(before.tries() < TRIES, StatusWord.CONDITIONS_NOT_MET);
        byte[] answer = new ByteWriter().bytes(before.nonce()).u16(MIN).u16(MAX).toByteArray();
        byte[] exchange = new ByteWriter().bytes(apdu.data()).bytes(answer).toByteArray();
        card.session().measured(new Distance(before.nonce(), before.tries() + 1, exchange));
        return answer;
    }
}
