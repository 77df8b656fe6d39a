package io.zhitong.cardterminal;

/** Leaves the checks of an access transaction at the first that fails. */
final class AccessRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AccessFailure reason;

    AccessRefused(AccessFailure reason) {
        super(reason.en(), null, false, false);
        this.reason = reason;
    }

    AccessFailure reason() {
        return reason;
    }

    AccessOutcome.NotGenuine outcome() {
        return new AccessOutcome.NotGenuine(reason, 0);
    }
}
