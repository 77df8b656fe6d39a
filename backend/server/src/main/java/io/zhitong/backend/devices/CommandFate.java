package io.zhitong.backend.devices;

import io.zhitong.backend.devices.CommandFailedException.Reason;
import java.util.Optional;

/** What became of a command before any answer of the device (指令去向). */
enum CommandFate {
    /** It went out on the connection it was made for. */
    SENT(Optional.empty()),
    /** The device had come with a newer connection: not sent. */
    VOID(Optional.of(Reason.MOVED)),
    /** Its time was over before a gateway took it: not sent. */
    EXPIRED(Optional.of(Reason.NOT_TAKEN)),
    /** The device has not answered earlier commands: not sent. */
    BUSY(Optional.of(Reason.BUSY)),
    /** The connection ended before an answer; its journal tells whether it was done. */
    UNANSWERED(Optional.of(Reason.UNANSWERED));

    private final Optional<Reason> failure;

    CommandFate(Optional<Reason> failure) {
        this.failure = failure;
    }

    /** Why nobody need wait for an answer; empty while one may come. */
    Optional<Reason> failure() {
        return failure;
    }
}
