package io.zhitong.virtualcard.script;

import io.zhitong.smcrypto.MalformedInput;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The answer a script expects (预期应答): hex digits, {@code ?} for any one digit, {@code *} for any digits or none, blanks
 * as one likes; or {@code torn}.
 */
record Expectation(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9A-F?*]+|TORN");

    Expectation {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedInput("expected behind > hex digits, ? and *, or torn");
        }
    }

    static Expectation parse(String text) {
        return new Expectation(text.replaceAll("\\s", "").toUpperCase(Locale.ROOT));
    }

    /** Whether the answer, hex or torn, is the expected one. */
    boolean fits(String answer) {
        String pattern = text.replace("?", "[0-9A-F]").replace("*", "[0-9A-F]*");
        return answer.toUpperCase(Locale.ROOT).matches(pattern);
    }
}
