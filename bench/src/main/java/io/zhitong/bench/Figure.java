package io.zhitong.bench;

import io.zhitong.virtualcard.world.PcscDaemon;
import java.util.Arrays;
import java.util.Optional;

/** What is measured (性能指标), and what its limit is made of. */
enum Figure {
    PURCHASE("purchase", PurchaseBench.class, "消费：卡+终端+PSAM", "6 keys, 12 blocks of bare SM4"),
    CAPP("capp", CappBench.class, "复合消费：卡+车道+PSAM", "10 keys, 22 blocks of bare SM4"),
    SEALED_ACCESS("sealed-access", SealedAccessBench.class, "密封认证：卡+门", "7 bare multiplications on the curve"),
    PRIVATE_ACCESS("private-access", PrivateAccessBench.class, "私密认证：卡+门", "10 bare multiplications on the curve"),
    FAST_ACCESS("fast-access", FastAccessBench.class, "快速认证：卡+门+SAM", "the same keys and blocks of bare SM4"),
    DECISION("decision", DecisionBench.class, "通行判定", "one look-up in a HashMap of 10 000"),
    SM4_BLOCK("sm4-block", Sm4BlockBench.class, "SM4 换密钥加密一块", "the library's engine, reused"),
    SM4_MAC("sm4-mac", Sm4MacBench.class, "SM4 报文鉴别码", "the library's engine, reused"),
    SM2_SIGN("sm2-sign", Sm2SignBench.class, "SM2 签名", "the library's signer, reused"),
    DIVERSIFY(
            "diversify",
            DiversifyBench.class,
            "批量分散：1000 张卡",
            "the library's engine, reused: the same keys and blocks"),
    SOFT_SIGN("soft-sign", SoftSignBench.class, "软件模块 SM2 签名", "the library's signer, reused"),
    KEY_SET("key-set", KeySetBench.class, "卡密钥组：500 张卡×8", "56 blocks of bare SM4 a card"),
    SM2_VERIFY("sm2-verify", Sm2VerifyBench.class, "SM2 验签", "the library's verifier, reused"),
    JOURNAL_APPEND("journal-append", JournalAppendBench.class, "设备日志写入", "one page written and synchronised"),
    LINK_ROUND_TRIP("link-round-trip", LinkRoundTripBench.class, "连接往返", "echo of the same bytes over bare TLS"),
    PCSC_APDU("pcsc-apdu", PcscApduBench.class, "PC/SC 指令往返", "the same to such a card over a bare socket");

    private final String label;
    private final Class<?> benchmark;
    private final String zh;
    private final String limit;

    Figure(String label, Class<?> benchmark, String zh, String limit) {
        this.label = label;
        this.benchmark = benchmark;
        this.zh = zh;
        this.limit = limit;
    }

    static Optional<Figure> named(String label) {
        return Arrays.stream(values()).filter(f -> f.label.equals(label)).findFirst();
    }

    /** The Debian package without which it cannot be measured here, if one is missing. */
    Optional<String> missing() {
        return this == PCSC_APDU ? PcscDaemon.missing() : Optional.empty();
    }

    /** Name on the command line. */
    String label() {
        return label;
    }

    /** Class with the methods {@code figure} and {@code limit}. */
    Class<?> benchmark() {
        return benchmark;
    }

    /** Chinese name. */
    String zh() {
        return zh;
    }

    /** What the limit beside it does. */
    String limit() {
        return limit;
    }
}
