package io.zhitong.smcrypto;

/** Bytes or text from outside that do not have the promised shape. The message never repeats the input. */
public final class MalformedInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was expected and what came, without the input itself. */
    public MalformedInput(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
