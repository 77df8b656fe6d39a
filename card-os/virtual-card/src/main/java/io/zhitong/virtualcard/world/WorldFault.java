package io.zhitong.virtualcard.world;

import io.zhitong.cardspec.ReaderFrame;

/** A request to the card world that cannot be done (请求无法执行); the status goes to the client, and the message with it. */
final class WorldFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ReaderFrame.Status status;

    WorldFault(ReaderFrame.Status status, String message) {
        super(message);
        this.status = status;
    }

    static WorldFault badRequest(String message) {
        return new WorldFault(ReaderFrame.Status.BAD_REQUEST, message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    ReaderFrame.Status status() {
        return status;
    }
}
