package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.ThisBackend;
import io.zhitong.backend.foundation.Wake;
import io.zhitong.link.LinkException;
import io.zhitong.link.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what waits in the outbox for this gateway (指令投递): at once when told, and looks by itself every second. */
@Component
@RunsIn(BackendRole.GATEWAY)
final class CommandPost implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(CommandPost.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CommandOutbox outbox;
    private final CommandRows rows;
    private final HeldDevices held;
    private final LinkServers link;
    private final DrivenDevices driven;
    private final TransactionTemplate transactions;
    private final Queue<Runnable> failures = new ConcurrentLinkedQueue<>();
    private final Wake wake = new Wake();
    private final BackgroundThread thread = BackgroundThread.repeating("command-post", this::round, wake);

    CommandPost(
            CommandOutbox outbox,
            CommandRows rows,
            HeldDevices held,
            LinkServers link,
            DrivenDevices driven,
            TransactionTemplate transactions,
            Notices notices,
            ThisBackend self) {
        this.outbox = outbox;
        this.rows = rows;
        this.held = held;
        this.link = link;
        this.driven = driven;
        this.transactions = transactions;
        String name = self.id().toString();
        notices.on(CommandOutbox.TOPIC, gateway -> {
            if (gateway.isEmpty() || gateway.equals(name)) {
                wake.now();
            }
        });
    }

    private Duration round() {
        for (Runnable failure = failures.poll(); failure != null; failure = failures.poll()) {
            failure.run();
        }
        List<CommandOutbox.Waiting> mine = outbox.mine();
        mine.forEach(this::send);
        if (mine.isEmpty()) {
            outbox.over().forEach(this::send);
            wake.await(LOOK);
        }
        return Duration.ZERO;
    }

    private void send(CommandOutbox.Waiting waiting) {
        transactions
                .execute(status -> outbox.take(waiting))
                .ifPresent(command -> send(waiting.device(), waiting.id(), waiting.epoch(), command));
    }

    /** The connection may have gone between the commit and here: then nothing is sent, and the device would refuse it. */
    private void send(DeviceAddress device, UUID id, long epoch, SignedCommand command) {
        if (!held.epoch(device).equals(OptionalLong.of(epoch))) {
            rows.fate(device.community(), id, CommandFate.VOID);
            return;
        }
        if (driven.send(command)) {
            return;
        }
        link.send(command)
                .ifPresentOrElse(
                        delivery ->
                                delivery.executed().whenComplete((answer, failure) -> noteFailure(device, id, failure)),
                        () -> rows.fate(device.community(), id, CommandFate.VOID));
    }

    /** Called on the connection's thread, which must not wait for the database. */
    private void noteFailure(DeviceAddress device, UUID id, @Nullable Throwable failure) {
        if (failure != null) {
            failures.add(() -> failed(device, id, failure));
            wake.now();
        }
    }

    private void failed(DeviceAddress device, UUID id, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.info("command {} of device {}: {}", id, device, String.valueOf(cause));
        rows.fate(
                device.community(),
                id,
                fate(cause instanceof LinkException refused ? refused.fault() : LinkFault.CONNECTION));
    }

    private static CommandFate fate(LinkFault fault) {
        return switch (fault) {
            case BUSY -> CommandFate.BUSY;
            case NOT_CONNECTED -> CommandFate.VOID;
            default -> CommandFate.UNANSWERED;
        };
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.GATEWAY;
    }
}
