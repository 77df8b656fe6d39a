package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;

/** UPDATE RECORD (修改记录) 00/04 DC, addressed as {@link ReadRecord}; a record keeps its length. */
public final class UpdateRecord implements Command {
    @Override
    public int ins() {
        return 0xDC;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00 || cla == 0x04;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.data().length > 0, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        CardFile file = ReadRecord.target(apdu, card);
        card.require(file.writeRule());
        byte[] record = SecureChannel.dataFor(file, apdu, card);
        if (card.profile().has(Habit.UPDATE_MAKES_RECORDS)) {
            new RecordFile(file).place(apdu.p1(), record);
        } else {
            new RecordFile(file).update(apdu.p1(), record);
        }
        return Shape.NOTHING;
    }
}
