package io.zhitong.keyvault.module.qualify;

import java.util.Locale;

/** How a check ended (结论). */
enum Verdict {
    PASS("通过", "pass"),
    DEVIATION("有偏差", "deviation"),
    /** The process that called the library ended. */
    CRASHED("崩溃", "crashed"),
    /** The library did not come back in time. */
    HUNG("无响应", "hung"),
    /** Not run, because the library cannot be called at all. */
    LEFT_OUT("未执行", "left out");

    private final String chinese;
    private final String english;

    Verdict(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    String chinese() {
        return chinese;
    }

    String english() {
        return english;
    }

    /** As the report writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
