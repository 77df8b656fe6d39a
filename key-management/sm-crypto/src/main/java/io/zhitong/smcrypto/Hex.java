package io.zhitong.smcrypto;

import java.util.HexFormat;
import java.util.Locale;

/** Hexadecimal text: written in lower case, read in either case with blanks ignored. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** Two lower-case digits a byte, no separators. */
    public static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * Reads digits, ignoring blanks.
     *
     * @throws MalformedInput if a character is no hex digit or the number of digits is odd; the text is not repeated
     */
    public static byte[] parse(String text) {
        String digits = text.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        try {
            return FORMAT.parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new MalformedInput("expected an even number of hex digits, found " + digits.length()
                    + " characters of which at least one is no digit or has no partner");
        }
    }
}
