package io.zhitong.cos.access;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** AUTHENTICATE (门禁认证) 80 8A: P1 00 {@link SealedAnswer}, sealed or private; P1 01 {@link FastAnswer}. */
public final class Authenticate implements Command {
    @Override
    public int ins() {
        return 0x8A;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        return switch (apdu.p1()) {
            case 0 -> SealedAnswer.run(apdu, card);
            case 1 -> FastAnswer.run(apdu, card);
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }
}
