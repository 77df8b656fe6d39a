package io.zhitong.edge;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.link.CommandAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares the device's time with the backend's at once (校时指令) and takes it over; the answer tells what was found. One at a time.
 * Thread-safe.
 */
final class ClockOrder implements CommandAction {

    private final EdgeClock clock;
    private final Runnable ask;
    private final Duration patience;
    private Optional<CompletableFuture<String>> asked = Optional.empty();

    /** @param ask asks the backend for its time; what comes is brought to {@link #heard} */
    ClockOrder(EdgeClock clock, Runnable ask, Duration patience) {
        this.clock = clock;
        this.ask = ask;
        this.patience = patience;
    }

    @Override
    public void carryOut(CommandOrder order, Consumer<CommandAnswer> answers) {
        CompletableFuture<String> found = new CompletableFuture<>();
        if (!begun(found)) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.BUSY));
            return;
        }
        found.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenCompleteAsync((detail, late) -> {
            ended();
            answers.accept(
                    late == null
                            ? CommandAnswer.executed(order, detail)
                            : CommandAnswer.refused(order, CommandRefusal.FAILED));
        });
        ask.run();
    }

    private synchronized boolean begun(CompletableFuture<String> found) {
        if (asked.isPresent()) {
            return false;
        }
        asked = Optional.of(found);
        return true;
    }

    private synchronized void ended() {
        asked = Optional.empty();
    }

    /** A new estimate of the backend's time; to be told before the clock takes it over. */
    synchronized void heard(long backendMillis, long errorMillis) {
        asked.ifPresent(found -> {
            EdgeClock.Reading before = clock.read();
            long offset = backendMillis - before.deviceMillis();
            found.complete("offset " + offset + " ms, step " + (offset - before.offsetMillis()) + " ms, error "
                    + errorMillis + " ms");
        });
    }
}
