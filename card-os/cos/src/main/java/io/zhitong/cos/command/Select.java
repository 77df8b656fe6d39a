package io.zhitong.cos.command;

import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Distance;
import java.util.Optional;

/**
 * SELECT (选择文件) 00 A4: P1 00 by identifier of two bytes, or empty for the MF; P1 04 by DF name of 5 to 16 bytes.
 * Identifiers are looked for in the current DF, then DFs in the MF. Answers the FCI of a DF; an EF answers nothing. Where the
 * application offers the distance exchange its nonce of four bytes is drawn here. A blocked application is selected with
 * 6283, one blocked for good is not: 9303.
 */
public final class Select implements Command {
    private static final int DISTANCE = 0x08;

    @Override
    public int ins() {
        return 0xA4;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00;
    }

    @Override
    public ApplicationState worksUpTo() {
        return ApplicationState.BLOCKED_FOR_GOOD;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless((apdu.p1() == 0 || apdu.p1() == 4) && apdu.p2() == 0, StatusWord.WRONG_P1P2);
        CardFile file = apdu.p1() == 4 ? byName(apdu.data(), card) : byIdentifier(apdu.data(), card);
        if (file.kind() != FileKind.DIRECTORY) {
            Shape.noLe(apdu);
            CommandRefused.unless(file.kind() != FileKind.KEYS, StatusWord.FILE_NOT_FOUND);
            card.requireOpen(ApplicationState.OPEN);
            card.session().open(file);
            return Shape.NOTHING;
        }
        ApplicationState state = card.files().stateOf(file);
        CommandRefused.unless(state != ApplicationState.BLOCKED_FOR_GOOD, state.atSelect());
        byte[] fci = FileControlInformation.of(file, card);
        Shape.le(apdu, fci.length);
        card.session().enter(file, fci);
        card.session().outcome(state.atSelect());
        card.freeWithoutKeys();
        if ((FileControlInformation.accessMethods(file, card) & DISTANCE) != 0) {
            card.session().measured(Distance.before(card.random().bytes(4)));
        }
        return fci;
    }

    private static CardFile byName(byte[] name, CardContext card) {
        CommandRefused.unless(name.length >= 5 && name.length <= 16, StatusWord.WRONG_LENGTH);
        return found(card.files().byName(name));
    }

    private static CardFile byIdentifier(byte[] data, CardContext card) {
        if (data.length == 0) {
            return card.files().mf();
        }
        Shape.lc(data, 2);
        return byIdentifier((data[0] & 0xFF) << 8 | data[1] & 0xFF, card);
    }

    /** The file of the current DF with that identifier, or a DF of the MF, or the MF; 6A82. */
    static CardFile byIdentifier(int fid, CardContext card) {
        if (fid == CardFiles.MF) {
            return card.files().mf();
        }
        Optional<CardFile> here = card.files().child(card.session().df(), fid);
        return found(
                here.or(() -> card.files().child(card.files().mf(), fid).filter(f -> f.kind() == FileKind.DIRECTORY)));
    }

    private static CardFile found(Optional<CardFile> file) {
        return file.orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
    }
}
