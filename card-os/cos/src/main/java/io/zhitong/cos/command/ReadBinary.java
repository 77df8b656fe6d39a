package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.state.CardContext;

/**
 * READ BINARY (读二进制文件) 00/04 B0: P1 = 80|SFI with the offset in P2, or a 15-bit offset into the current file. Under
 * 04 the data are the command's MAC and Le counts the MAC of the answer too.
 */
public final class ReadBinary implements Command {
    @Override
    public int ins() {
        return 0xB0;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00 || cla == 0x04;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.lc(apdu.data(), SecureChannel.isProtected(apdu) ? SecureMessaging.MAC : 0);
        BinaryTarget target = BinaryTarget.of(apdu, card);
        CardFile file = target.file();
        card.require(file.readRule());
        CommandRefused.unless(target.offset() < file.size(), StatusWord.WRONG_OFFSET);
        if (!SecureChannel.isProtected(apdu)) {
            CommandRefused.unless(!file.readsProtected(), StatusWord.MAC_MISSING);
            return file.read(target.offset(), length(apdu, file.size() - target.offset(), 0));
        }
        CommandRefused.unless(file.needsMac(), StatusWord.CONDITIONS_NOT_MET);
        int length = length(apdu, file.size() - target.offset(), SecureChannel.macInLe(card));
        SecureChannel channel = SecureChannel.forFile(card, file.readKeyId());
        channel.open(apdu);
        return channel.seal(file, file.read(target.offset(), length));
    }

    /** Bytes of content wanted; 6Cnn with what there is if that is less. */
    private static int length(CommandApdu apdu, int available, int mac) {
        int most = Math.min(available, Shape.MAX - mac);
        if (apdu.le() == CommandApdu.NO_LE || apdu.le() == 256) {
            return most;
        }
        int wanted = apdu.le() - mac;
        CommandRefused.unless(wanted > 0, StatusWord.WRONG_LENGTH);
        if (wanted > most) {
            throw new CommandRefused(StatusWord.WRONG_LE.value() | most + mac);
        }
        return wanted;
    }

    /** File and offset that P1 and P2 mean. */
    record BinaryTarget(CardFile file, int offset) {
        static BinaryTarget of(CommandApdu apdu, CardContext card) {
            boolean bySfi = (apdu.p1() & 0x80) != 0;
            CommandRefused.unless(!bySfi || (apdu.p1() & 0x60) == 0 && (apdu.p1() & 0x1F) != 0, StatusWord.WRONG_P1P2);
            CardFile file = card.elementary(bySfi ? apdu.p1() & 0x1F : 0);
            CommandRefused.unless(file.kind() == FileKind.BINARY, StatusWord.NOT_COMPATIBLE_WITH_FILE);
            return new BinaryTarget(file, bySfi ? apdu.p2() : apdu.p1() << 8 | apdu.p2());
        }
    }
}
