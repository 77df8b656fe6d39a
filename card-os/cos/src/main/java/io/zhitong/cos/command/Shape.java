package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;

/** Checks of a command's outer form (命令格式检查), made before anything happens. */
public final class Shape {
    /** No answer data. */
    public static final byte[] NOTHING = {};

    /** Longest data in either direction. */
    public static final int MAX = 239;

    private Shape() {}

    /** 6A86 unless P1 and P2 are these. */
    public static void p1p2(CommandApdu apdu, int p1, int p2) {
        CommandRefused.unless(apdu.p1() == p1 && apdu.p2() == p2, StatusWord.WRONG_P1P2);
    }

    /** 6700 unless the data have that length. */
    public static void lc(byte[] data, int length) {
        CommandRefused.unless(data.length == length, StatusWord.WRONG_LENGTH);
    }

    /** 6Cnn if another answer length than n is asked for; none and "all" are right. */
    public static void le(CommandApdu apdu, int length) {
        if (apdu.le() != CommandApdu.NO_LE && apdu.le() != 256 && apdu.le() != length) {
            throw new CommandRefused(StatusWord.WRONG_LE.value() | length);
        }
    }

    /** 6700 if an answer is asked for where there is none. */
    public static void noLe(CommandApdu apdu) {
        CommandRefused.unless(apdu.le() == CommandApdu.NO_LE || apdu.le() == 256, StatusWord.WRONG_LENGTH);
    }
}
