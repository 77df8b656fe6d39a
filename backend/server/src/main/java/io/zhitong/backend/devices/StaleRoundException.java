package io.zhitong.backend.devices;

/** Another worker has begun to compile since: what was read for this round may be out of date. */
final class StaleRoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleRoundException() {
        super("another worker compiles for this community");
    }
}
