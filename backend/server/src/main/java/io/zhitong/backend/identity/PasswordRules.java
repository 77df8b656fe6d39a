package io.zhitong.backend.identity;

import java.util.Locale;
import java.util.Optional;

/** What a console user's password must be like (密码规则): long rather than odd. */
public final class PasswordRules {
    public static final int LEAST = 10;
    public static final int MOST = 128;
    private static final int LEAST_DIFFERENT = 5;

    /** What is wrong with a password (密码问题). */
    public enum Fault {
        SHORT,
        LONG,
        /** Few different characters. */
        PLAIN,
        /** It holds the log-in name, or is the demo's. */
        KNOWN
    }

    private PasswordRules() {}

    /** What is wrong with this password for that log-in name, if anything. */
    public static Optional<Fault> fault(String login, String password) {
        String folded = password.toLowerCase(Locale.ROOT);
        if (password.length() < LEAST) {
            return Optional.of(Fault.SHORT);
        }
        if (password.length() > MOST) {
            return Optional.of(Fault.LONG);
        }
        if (folded.chars().distinct().count() < LEAST_DIFFERENT) {
            return Optional.of(Fault.PLAIN);
        }
        boolean known = !login.isEmpty() && folded.contains(login.toLowerCase(Locale.ROOT));
        return known || folded.equals(FirstUsers.DEMO_PASSWORD) ? Optional.of(Fault.KNOWN) : Optional.empty();
    }
}
