package io.zhitong.cardspec;

import org.jspecify.annotations.Nullable;

/** The card could not be spoken to, or answered what it must not. */
public final class CardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, for the machine. */
    public enum Reason {
        /** No card lies on the reader, or it left half-way: what the card did last is unknown. */
        REMOVED("卡片已离开", "the card left the reader"),
        /** The reader or the way to it failed. */
        READER_FAILED("读卡器故障", "the reader failed"),
        /** No answer within the time allowed. */
        TIMEOUT("卡片无应答", "the card did not answer in time"),
        /** An answer that is no response APDU or not of the promised length. */
        MALFORMED("卡片应答格式错误", "the card's answer is malformed"),
        /** A status word other than the expected. */
        STATUS("卡片返回错误状态字", "the card refused");

        private final String zh;
        private final String en;

        Reason(String zh, String en) {
            this.zh = zh;
            this.en = en;
        }

        /** Chinese for people. */
        public String zh() {
            return zh;
        }

        /** English for people. */
        public String en() {
            return en;
        }
    }

    private final Reason reason;
    private final int sw;

    /** A failure without a status word. */
    public CardException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sw = 0;
    }

    /** A failure without a status word or cause. */
    public CardException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** The card refused with a status word. */
    public CardException(String command, int sw) {
        super(command + " answered " + StatusWord.describe(sw));
        this.reason = Reason.STATUS;
        this.sw = sw;
    }

    /** Why, for the machine. */
    public Reason reason() {
        return reason;
    }

    /** The status word, or 0 if none came. */
    public int sw() {
        return sw;
    }
}
