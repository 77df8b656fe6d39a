package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.cos.state.CardContext;

/** READ RECORD (读记录) 00/04 B2, P1 the number from 1 (cyclic: 1 the newest), P2 SFI‖100, SFI 0 the current file. */
public final class ReadRecord implements Command {
    @Override
    public int ins() {
        return 0xB2;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00 || cla == 0x04;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CardFile file = target(apdu, card);
        boolean sealed = SecureChannel.isProtected(apdu);
        Shape.lc(apdu.data(), sealed ? SecureMessaging.MAC : 0);
        card.require(file.readRule());
        byte[] record = new RecordFile(file).read(apdu.p1());
        if (!sealed) {
            CommandRefused.unless(!file.readsProtected(), StatusWord.MAC_MISSING);
            Shape.le(apdu, record.length);
            return record;
        }
        CommandRefused.unless(file.needsMac(), StatusWord.CONDITIONS_NOT_MET);
        Shape.le(apdu, record.length + SecureChannel.macInLe(card));
        SecureChannel channel = SecureChannel.forFile(card, file.readKeyId());
        channel.open(apdu);
        return channel.seal(file, record);
    }

    /** The record file in P2; 6A86 unless it is addressed by number. */
    static CardFile target(CommandApdu apdu, CardContext card) {
        CommandRefused.unless((apdu.p2() & 0x07) == 4, StatusWord.WRONG_P1P2);
        CardFile file = card.elementary(apdu.p2() >> 3);
        CommandRefused.unless(file.kind().hasRecords(), StatusWord.NOT_COMPATIBLE_WITH_FILE);
        return file;
    }
}
