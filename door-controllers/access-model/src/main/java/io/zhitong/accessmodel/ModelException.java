package io.zhitong.accessmodel;

/** Bytes or values that are not a record of this model (记录格式错误). The message never repeats the input. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        MAGIC,
        UNKNOWN_CODE,
        RANGE,
        ORDER
    }

    private final Reason reason;

    public ModelException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public Reason reason() {
        return reason;
    }

    static void require(boolean holds, Reason reason, String expected) {
        if (!holds) {
            throw new ModelException(reason, "expected " + expected);
        }
    }
}
