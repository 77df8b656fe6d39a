package io.zhitong.backend.web;

import java.math.BigDecimal;
import java.util.Locale;

/** Amounts as people read them (金额): {@code ¥1,234.56}. */
public final class Yuan {
    private Yuan() {}

    public static String of(long fen) {
        String sign = fen < 0 ? "-" : "";
        return String.format(
                Locale.ROOT, "%s¥%,.2f", sign, BigDecimal.valueOf(fen, 2).abs());
    }
}
