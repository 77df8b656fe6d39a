package io.zhitong.link;

/** A picture that is not taken. */
public final class BlobRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BlobRefusal reason;

    public BlobRefusedException(BlobRefusal reason) {
        super("picture refused: " + reason.english());
        this.reason = reason;
    }

    public BlobRefusal reason() {
        return reason;
    }
}
