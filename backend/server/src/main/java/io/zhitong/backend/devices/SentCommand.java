package io.zhitong.backend.devices;

import io.zhitong.link.CommandAnswer;
import java.util.concurrent.CompletableFuture;

/**
 * A command on its way (指令投递), possibly by another process's connection. Both futures fail with
 * {@link CommandFailedException} when it cannot come to its end. A refusal completes both.
 */
public final class SentCommand {
    private final CompletableFuture<CommandAnswer> accepted = new CompletableFuture<>();
    private final CompletableFuture<CommandAnswer> executed = new CompletableFuture<>();

    SentCommand() {}

    /** The device has it, or refused it. */
    public CompletableFuture<CommandAnswer> accepted() {
        return accepted.copy();
    }

    /** The device has done it, or refused it. */
    public CompletableFuture<CommandAnswer> executed() {
        return executed.copy();
    }

    boolean ended() {
        return executed.isDone();
    }

    void progress(CommandRows.Progress now) {
        now.answer().ifPresent(answer -> {
            accepted.complete(answer);
            if (answer.ends()) {
                executed.complete(answer);
            }
        });
        now.fate().flatMap(CommandFate::failure).ifPresent(this::failed);
    }

    void failed(CommandFailedException.Reason reason) {
        CommandFailedException failure = new CommandFailedException(reason);
        accepted.completeExceptionally(failure);
        executed.completeExceptionally(failure);
    }
}
