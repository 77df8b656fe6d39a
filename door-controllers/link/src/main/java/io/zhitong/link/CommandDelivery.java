package io.zhitong.link;

import java.util.concurrent.CompletableFuture;

/**
 * A command on its way (指令投递). Both futures fail with {@link LinkException} when the session ends first; whether the
 * device carried it out is then told by its journal. A refusal completes both.
 */
public final class CommandDelivery {

    private final CompletableFuture<CommandAnswer> accepted = new CompletableFuture<>();
    private final CompletableFuture<CommandAnswer> executed = new CompletableFuture<>();

    CommandDelivery() {}

    /** The device has it, or refused it. */
    public CompletableFuture<CommandAnswer> accepted() {
        return accepted.copy();
    }

    /** The device has done it, or refused it. */
    public CompletableFuture<CommandAnswer> executed() {
        return executed.copy();
    }

    void answered(CommandAnswer answer) {
        accepted.complete(answer);
        if (answer.ends()) {
            executed.complete(answer);
        }
    }

    void failed(LinkException cause) {
        accepted.completeExceptionally(cause);
        executed.completeExceptionally(cause);
    }
}
