package io.zhitong.zt.crypto;

import io.zhitong.smcrypto.Hex;
import java.io.PrintWriter;

/** Steps of a formula for people (演算过程), every line bilingual; the first says that the keys are test keys. */
final class Explanation {
    private final PrintWriter out;

    Explanation(PrintWriter out) {
        this.out = out;
        out.println("TEST KEYS ONLY 仅限测试密钥");
    }

    /** Begins a part. */
    void part(String title) {
        out.println(title);
    }

    /** One intermediate value. */
    void value(String label, byte[] bytes) {
        text(label, Hex.of(bytes));
    }

    void text(String label, String text) {
        out.println("  " + label + ": " + text);
    }

    /** What the whole was for. */
    void result(String label, byte[] bytes) {
        out.println(label + " = " + Hex.of(bytes));
    }
}
