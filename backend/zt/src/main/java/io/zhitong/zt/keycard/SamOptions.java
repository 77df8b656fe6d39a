package io.zhitong.zt.keycard;

import io.zhitong.personalisation.SamOrder;
import picocli.CommandLine.Option;

/** Which module (SAM 选项). */
final class SamOptions {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "purchase or access, default purchase 种类",
            defaultValue = "PURCHASE")
    private SamOrder.Kind kind = SamOrder.Kind.PURCHASE;

    @Option(names = "--city", required = true, paramLabel = "16 HEX", description = "the city's factor 城市分散因子")
    private String city = "";

    @Option(names = "--serial", required = true, paramLabel = "20 DIGITS", description = "of the module 模块序列号")
    private String serial = "";

    @Option(names = "--key-version", paramLabel = "N", defaultValue = "1", description = "of its keys, default 1 版本")
    private int version = 1;

    SamOrder.Kind kind() {
        return kind;
    }

    byte[] city() {
        return AtReader.hex("--city", city, 8);
    }

    byte[] serial() {
        return AtReader.hex("--serial", serial, 10);
    }

    int version() {
        return version;
    }
}
