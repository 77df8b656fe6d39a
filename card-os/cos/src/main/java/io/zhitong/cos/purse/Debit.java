package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** The two debits of INS 54 (扣款): P1 01 {@link DebitForPurchase}, P1 03 {@link DebitForUnload}. */
public final class Debit implements Command {
    @Override
    public int ins() {
        return 0x54;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        return switch (apdu.p1() << 8 | apdu.p2()) {
            case 0x0100 -> DebitForPurchase.run(apdu, card);
            case 0x0300 -> DebitForUnload.run(apdu, card);
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }
}
