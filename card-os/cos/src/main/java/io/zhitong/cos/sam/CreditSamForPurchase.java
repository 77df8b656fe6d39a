package io.zhitong.cos.sam;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/**
 * CREDIT SAM FOR PURCHASE (PSAM 消费确认) 80 72 00 00, data MAC2; only right behind its INIT, else 6901. A wrong MAC2 answers
 * 9302; fifteen in a row block the master: 9303.
 */
public final class CreditSamForPurchase implements Command {
    @Override
    public int ins() {
        return 0x72;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 4);
        Shape.noLe(apdu);
        SamPurchase begun = card.session()
                .pending(SamPurchase.class)
                .filter(purchase -> !purchase.grey())
                .orElseThrow(() -> new CommandRefused(StatusWord.COMMAND_NOT_ACCEPTED));
        SamTransaction.confirm(card, begun, apdu.data());
        return Shape.NOTHING;
    }
}
