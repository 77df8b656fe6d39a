package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** The two ends of a grey lock, INS 7E (解扣): P1 08 {@link GreyDebit} by the terminal, P1 09 {@link GreyUnlock} by the host. */
public final class UnlockGrey implements Command {
    @Override
    public int ins() {
        return 0x7E;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        return switch (apdu.p1() << 8 | apdu.p2()) {
            case 0x0801, 0x0802 -> GreyDebit.run(apdu, card);
            case 0x0900 -> GreyUnlock.run(apdu, card);
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }
}
