package io.zhitong.backend.web;

import java.util.Locale;

/** Amounts as people read them (金额): {@code ¥1,234.56}. */
public final class Yuan {
    private static final long FEN = 100;

    private Yuan() {}

    public static String of(long fen) {
        long positive = Math.abs(fen);
        String sign = fen < 0 ? "-" : "";
        return String.format(Locale.ROOT, "%s¥%,d.%02d", sign, positive / FEN, positive % FEN);
    }
}
