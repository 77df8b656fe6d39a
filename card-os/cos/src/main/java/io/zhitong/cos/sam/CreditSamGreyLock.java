package io.zhitong.cos.sam;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** CERTIFICATE SAM GREY LOCK (PSAM 灰锁确认) E0 42 00 00, data MAC2 of the lock; only right behind its INIT, else 6901. */
public final class CreditSamGreyLock implements Command {
    @Override
    public int ins() {
        return 0x42;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 4);
        Shape.noLe(apdu);
        SamPurchase begun = card.session()
                .pending(SamPurchase.class)
                .filter(SamPurchase::grey)
                .orElseThrow(() -> new CommandRefused(StatusWord.COMMAND_NOT_ACCEPTED));
        SamTransaction.confirm(card, begun, apdu.data());
        return Shape.NOTHING;
    }
}
