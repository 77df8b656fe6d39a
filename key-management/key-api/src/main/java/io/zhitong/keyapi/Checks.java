package io.zhitong.keyapi;

/** Bounds of the records on the wire; the message says what was expected, never what came. */
final class Checks {
    private Checks() {}

    static byte[] length(String what, byte[] value, int expected) {
        return length(what, value, expected, expected);
    }

    static byte[] length(String what, byte[] value, int least, int most) {
        if (value.length < least || value.length > most) {
            throw malformed(what + ": expected " + least + " to " + most + " bytes, came " + value.length);
        }
        return value.clone();
    }

    static int range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw malformed(what + ": expected " + least + " to " + most);
        }
        return value;
    }

    /** 00 or 01 on the wire. */
    static boolean flag(int value) {
        return range("flag", value, 0, 1) == 1;
    }

    static KeyServiceException malformed(String message) {
        return new KeyServiceException(KeyRefusal.MALFORMED, message);
    }
}
