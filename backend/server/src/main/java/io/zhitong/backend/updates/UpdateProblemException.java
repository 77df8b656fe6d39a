package io.zhitong.backend.updates;

/** An update goes no further; the reason says what to do. */
public final class UpdateProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final UpdateProblem reason;

    UpdateProblemException(UpdateProblem reason) {
        super(reason.english());
        this.reason = reason;
    }

    public UpdateProblem reason() {
        return reason;
    }

    static void unless(boolean holds, UpdateProblem otherwise) {
        if (!holds) {
            throw new UpdateProblemException(otherwise);
        }
    }
}
