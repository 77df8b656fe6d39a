package io.zhitong.backend.keys;

/** The audit chain does not hold (审计链不完整). */
public final class BrokenAuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the record. */
    public enum Reason {
        LAYOUT("格式不符", "it has another layout"),
        CHAIN("内容被更改，或之前的记录缺失", "it was changed, or one before it is missing"),
        NUMBER("编号不连续", "its number does not follow"),
        SIGNATURE("检查点签名不正确", "the signature of the checkpoint does not verify"),
        WITNESS("与本系统留存的检查点不一致", "it is not the checkpoint that this program kept"),
        MISSING("记录缺失", "the vault does not show it");

        private final String chinese;
        private final String english;

        Reason(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }

    private final long number;
    private final Reason reason;

    BrokenAuditException(long number, Reason reason) {
        super("audit record " + number + ": " + reason.english());
        this.number = number;
        this.reason = reason;
    }

    BrokenAuditException(long number, Reason reason, Throwable cause) {
        super("audit record " + number + ": " + reason.english(), cause);
        this.number = number;
        this.reason = reason;
    }

    /** The first record that does not hold. */
    public long number() {
        return number;
    }

    public Reason reason() {
        return reason;
    }
}
