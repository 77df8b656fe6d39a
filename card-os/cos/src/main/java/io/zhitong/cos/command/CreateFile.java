package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.FileMaker;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;
import java.util.Arrays;

/**
 * CREATE FILE (建立文件) 80 E0, P1 P2 the identifier. DF: {@code 38 size2 createAC eraseAC appFile FF FF name5..16}; EF:
 * {@code type size2 readAC writeAC FF flags}, for fixed and cyclic records {@code type count length …}; purse {@code 2F
 * size2 useAC 00 FF logSFI}; key file {@code 3F size2 DFSFI addAC FF FF}, identifier 0000 and first in its DF. While a
 * DF has no key 39 the status of the MF counts for its createAC.
 */
public final class CreateFile implements Command {
    private static final int EF_HEADER = 7;
    private static final int DF_HEADER = 8;
    private static final int LINE_KEY_BITS = 0x0F;

    @Override
    public int ins() {
        return 0xE0;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        byte[] data = apdu.data();
        CommandRefused.unless(data.length > 0, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        FileKind kind = FileKind.of(data[0] & 0xFF);
        CardFile parent = card.session().df();
        CommandRefused.unless(card.allowsCreating(parent), StatusWord.SECURITY_NOT_SATISFIED);
        boolean keysAnywhere = kind == FileKind.KEYS && card.profile().has(Habit.KEY_FILE_ANYWHERE);
        int fid = keysAnywhere ? 0 : apdu.p1() << 8 | apdu.p2();
        FileMaker maker = new FileMaker(card.files(), parent, fid);
        if (kind == FileKind.DIRECTORY) {
            int name = data.length - DF_HEADER;
            CommandRefused.unless(name >= 5 && name <= 16, StatusWord.WRONG_LENGTH);
            maker.directory(data, Arrays.copyOfRange(data, DF_HEADER, data.length));
        } else {
            Shape.lc(data, EF_HEADER);
            maker.elementary(kind, ourFlags(kind, data, card));
        }
        return Shape.NOTHING;
    }

    private static byte[] ourFlags(FileKind kind, byte[] data, CardContext card) {
        boolean lineKeys = kind == FileKind.BINARY || kind.hasRecords();
        if (lineKeys && card.profile().has(Habit.LINE_KEYS_DOWNWARDS)) {
            data[EF_HEADER - 1] ^= LINE_KEY_BITS;
        }
        return data;
    }
}
