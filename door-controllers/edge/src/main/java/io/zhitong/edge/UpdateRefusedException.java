package io.zhitong.edge;

/** A bundle that is not installed; nothing has changed. */
public final class UpdateRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final UpdateRefusal reason;

    UpdateRefusedException(UpdateRefusal reason) {
        super(reason.english());
        this.reason = reason;
    }

    public UpdateRefusal reason() {
        return reason;
    }
}
