package io.zhitong.cardspec;

import java.util.Locale;
import java.util.Optional;

/** The status words (状态字) of the card, docs/card.md. Families with a number inside stand here with that number 0. */
public enum StatusWord {
    OK(0x9000, "成功", "done"),
    MORE_DATA(0x6100, "还有数据", "more data wait for GET RESPONSE"),
    DATA_MAY_BE_CORRUPT(0x6281, "回送数据可能有错", "the data may be damaged"),
    APPLICATION_BLOCKED(0x6283, "应用已锁定", "the application is blocked"),
    TRIES_LEFT(0x63C0, "校验失败，还可再试", "wrong, tries left in the last digit"),
    STATE_UNCHANGED(0x6400, "状态未改变", "nothing was changed"),
    MEMORY_FAILED(0x6581, "存储器故障", "writing the memory failed"),
    WRONG_LENGTH(0x6700, "长度错误", "wrong length"),
    CANNOT_BE_PROCESSED(0x6900, "不能处理", "cannot be processed"),
    COMMAND_NOT_ACCEPTED(0x6901, "命令不接受", "not accepted in this order"),
    NOT_COMPATIBLE_WITH_FILE(0x6981, "命令与文件类型不符", "the file is of another kind"),
    SECURITY_NOT_SATISFIED(0x6982, "不满足安全状态", "the security status is not reached"),
    AUTHENTICATION_BLOCKED(0x6983, "密钥已锁死", "the key or PIN is blocked"),
    RANDOM_MISSING(0x6984, "未取随机数", "no valid challenge was fetched"),
    CONDITIONS_NOT_MET(0x6985, "使用条件不满足", "conditions of use not met"),
    NO_CURRENT_FILE(0x6986, "没有当前文件", "no current file"),
    MAC_MISSING(0x6987, "安全报文丢失", "the secure messaging MAC is missing"),
    MAC_WRONG(0x6988, "安全报文不正确", "the secure messaging MAC is wrong"),
    WRONG_DATA(0x6A80, "数据域参数错误", "wrong parameters in the data"),
    NOT_SUPPORTED(0x6A81, "功能不支持或卡锁定", "not supported, or the card is blocked"),
    FILE_NOT_FOUND(0x6A82, "文件未找到", "file not found"),
    RECORD_NOT_FOUND(0x6A83, "记录未找到", "record not found"),
    NO_SPACE(0x6A84, "空间不足", "not enough memory"),
    WRONG_P1P2(0x6A86, "P1 P2 错误", "wrong P1 P2"),
    KEY_NOT_FOUND(0x6A88, "密钥未找到", "key not found"),
    WRONG_OFFSET(0x6B00, "偏移超出文件", "offset outside the file"),
    WRONG_LE(0x6C00, "Le 错误", "wrong Le, the right one in the last byte"),
    INS_UNKNOWN(0x6D00, "INS 不支持", "unknown instruction"),
    CLA_UNKNOWN(0x6E00, "CLA 不支持", "unknown class"),
    INTERNAL(0x6F00, "内部错误", "internal error"),
    PURSE_MAC_WRONG(0x9302, "MAC 无效", "the transaction MAC is wrong"),
    LOCKED_FOR_GOOD(0x9303, "应用永久锁定", "locked for good"),
    FUNDS_TOO_LOW(0x9401, "余额不足", "the balance does not reach"),
    COUNTER_AT_END(0x9402, "交易计数器到达最大值", "the transaction counter is at its end"),
    KEY_INDEX_UNKNOWN(0x9403, "密钥索引不支持", "key index not supported"),
    NO_PROOF(0x9406, "所需 MAC/TAC 不可用", "the MAC or TAC asked for is not there"),
    PURSE_9407(0x9407, "交易状态不符", "the transaction state does not fit"),
    PURSE_9408(0x9408, "灰锁状态不符", "the grey-lock state does not fit");

    private final int value;
    private final String zh;
    private final String en;

    StatusWord(int value, String zh, String en) {
        this.value = value;
        this.zh = zh;
        this.en = en;
    }

    /** Two bytes as a number. */
    public int value() {
        return value;
    }

    /** Chinese meaning. */
    public String zh() {
        return zh;
    }

    /** English meaning. */
    public String en() {
        return en;
    }

    /** 63Cn with n tries left, 0..15. */
    public static int triesLeft(int n) {
        if (n < 0 || n > 15) {
            throw new IllegalArgumentException("expected 0..15 tries, came " + n);
        }
        return TRIES_LEFT.value | n;
    }

    /** The word, or its family for 61xx, 63Cx and 6Cxx. */
    public static Optional<StatusWord> of(int sw) {
        int family = (sw & 0xFF00) == 0x6100 || (sw & 0xFF00) == 0x6C00
                ? sw & 0xFF00
                : (sw & 0xFFF0) == 0x63C0 ? 0x63C0 : sw;
        for (StatusWord word : values()) {
            if (word.value == family) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** For a log line: digits, then the meaning if known. */
    public static String describe(int sw) {
        return String.format(Locale.ROOT, "%04X", sw)
                + of(sw).map(word -> " (" + word.en + ")").orElse("");
    }
}
