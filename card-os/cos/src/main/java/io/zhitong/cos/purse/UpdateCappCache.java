package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.state.CardContext;

/**
 * UPDATE CAPP DATA CACHE (更新复合应用数据缓存) 80 DC, P1 the application type = first byte of the record, P2 SFI‖000, data the
 * whole new record type1‖length1‖locked1‖…; between INIT FOR CAPP and its debit only, at most four. The record is written
 * with the debit, which needs the file's write condition but not its MAC: MAC1 stands for it. Any other command in
 * between drops everything.
 */
public final class UpdateCappCache implements Command {
    private static final int MOST = 4;

    @Override
    public int ins() {
        return 0xDC;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless((apdu.p2() & 0x07) == 0 && apdu.p2() != 0, StatusWord.WRONG_P1P2);
        byte[] content = apdu.data();
        CommandRefused.unless(content.length > 0, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        Begun begun = PurseAccess.begun(card, TransactionType.CAPP_PURCHASE);
        CommandRefused.unless((content[0] & 0xFF) == apdu.p1(), StatusWord.WRONG_DATA);
        RecordFile records = records(card, apdu.p2() >> 3);
        int number = records.startingWith(apdu.p1());
        CommandRefused.unless(records.read(number).length == content.length, StatusWord.WRONG_LENGTH);
        CommandRefused.unless(begun.records().size() < MOST, StatusWord.NO_SPACE);
        card.session().begin(begun.with(new CappRecord(records, number, content)));
        return Shape.NOTHING;
    }

    private static RecordFile records(CardContext card, int sfi) {
        CardFile file = card.elementary(sfi);
        boolean linear = file.kind() == FileKind.VARIABLE_RECORDS || file.kind() == FileKind.FIXED_RECORDS;
        CommandRefused.unless(linear, StatusWord.NOT_COMPATIBLE_WITH_FILE);
        card.require(file.writeRule());
        return new RecordFile(file);
    }
}
