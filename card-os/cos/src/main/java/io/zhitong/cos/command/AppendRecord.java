package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.state.CardContext;

/** APPEND RECORD (添加记录) 00/04 E2, P1 00, P2 SFI‖000 or SFI‖100. */
public final class AppendRecord implements Command {
    @Override
    public int ins() {
        return 0xE2;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00 || cla == 0x04;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.data().length > 0, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        CommandRefused.unless(apdu.p1() == 0 && (apdu.p2() & 0x03) == 0, StatusWord.WRONG_P1P2);
        CardFile file = card.elementary(apdu.p2() >> 3);
        RecordFile records = new RecordFile(file);
        card.require(file.writeRule());
        records.append(SecureChannel.dataFor(file, apdu, card));
        return Shape.NOTHING;
    }
}
