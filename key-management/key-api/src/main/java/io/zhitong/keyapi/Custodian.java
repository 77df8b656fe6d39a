package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.regex.Pattern;

/**
 * A custodian as the vault shows one (保管人). On the wire: number 1 ‖ name text ‖ wrong PINs 1 ‖ locked 1.
 *
 * @param number 1 to 15, which is also the x of the custodian's share
 * @param name 1 to 40 letters, digits, blanks, points, middle dots and hyphens; a letter or digit first and last
 * @param wrongPins in a row
 * @param locked after {@link Custodians#MOST_WRONG_PINS} of them, until two others unlock
 */
public record Custodian(int number, String name, int wrongPins, boolean locked) {
    /** Most custodians of a vault. */
    public static final int MOST = 15;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}]([\\p{L}\\p{Nd} .·-]{0,38}[\\p{L}\\p{Nd}])?");

    public Custodian {
        Checks.range("custodian", number, 1, MOST);
        checkName(name);
        Checks.range("wrong PINs", wrongPins, 0, Custodians.MOST_WRONG_PINS);
    }

    /**
     * A person's name that can stand in a record, on a screen and in a file as it is.
     *
     * @throws KeyServiceException {@link KeyRefusal#BAD_NAME}
     */
    public static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new KeyServiceException(
                    KeyRefusal.BAD_NAME, "expected 1 to 40 letters, digits, blanks, points and hyphens");
        }
        return name;
    }

    void encode(ByteWriter out) {
        out.u8(number).text(name).u8(wrongPins).u8(locked ? 1 : 0);
    }

    static Custodian decode(ByteReader in) {
        return new Custodian(in.u8(), in.text(), in.u8(), Checks.flag(in.u8()));
    }
}
