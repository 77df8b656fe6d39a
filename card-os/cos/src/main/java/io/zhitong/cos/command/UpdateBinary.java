package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.ReadBinary.BinaryTarget;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** UPDATE BINARY (写二进制文件) 00/04 D6, target as {@link ReadBinary}; data as the file's protection demands. */
public final class UpdateBinary implements Command {
    @Override
    public int ins() {
        return 0xD6;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00 || cla == 0x04;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.data().length > 0, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        BinaryTarget target = BinaryTarget.of(apdu, card);
        card.require(target.file().writeRule());
        byte[] data = SecureChannel.dataFor(target.file(), apdu, card);
        CommandRefused.unless(target.offset() + data.length <= target.file().size(), StatusWord.WRONG_OFFSET);
        target.file().write(target.offset(), data);
        return Shape.NOTHING;
    }
}
