package io.zhitong.settlementfile;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The value at the end of each line (校验值): left 8 bytes of SM3(check of the line before, as printed ‖ this line up to
 * and with its last '|'), 16 hex digits. It tells <em>which</em> line is not as it was written; against a forger only
 * the signature helps.
 */
final class CheckChain {
    /** Stands before the first line. */
    static final String START = "0000000000000000";

    static final int LENGTH = 16;

    private CheckChain() {}

    /** @param content the line without its check, with the '|' before it */
    static String next(String previous, String content) {
        return next(previous, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String next(String previous, byte[] content) {
        byte[] hash = Sm3.hash(previous.getBytes(StandardCharsets.ISO_8859_1), content);
        return hex(Arrays.copyOf(hash, LENGTH / 2));
    }

    static String hex(byte[] bytes) {
        return Hex.of(bytes).toUpperCase(Locale.ROOT);
    }
}
