package io.zhitong.backend.access;

/** A change set goes no further; the reason says what to do. */
public final class DraftRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DraftRefusal reason;

    DraftRefusedException(DraftRefusal reason) {
        super(reason.english());
        this.reason = reason;
    }

    public DraftRefusal reason() {
        return reason;
    }

    static void unless(boolean holds, DraftRefusal otherwise) {
        if (!holds) {
            throw new DraftRefusedException(otherwise);
        }
    }
}
