package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.backend.foundation.Wake;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Brings the answers of devices to whoever asked in this process (指令应答): reads the row of a command when told that it has
 * changed, and of every open one each second. What has no answer a while after its expiry is given up. Thread-safe.
 */
@Component
class CommandReplies implements BackgroundPart {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CommandRows rows;
    private final Clock clock;
    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Wake wake = new Wake();
    private final BackgroundThread thread = BackgroundThread.repeating("command-replies", this::round, wake);

    CommandReplies(CommandRows rows, Notices notices, Clock clock) {
        this.rows = rows;
        this.clock = clock;
        notices.on(CommandRows.TOPIC, this::heard);
    }

    private record Open(CommunityId community, Instant until, SentCommand sent) {}

    /** Who asks, before the command is laid down: its answer may be quick. */
    SentCommand expect(SignedCommand command) {
        SentCommand sent = new SentCommand();
        Instant until = Instant.ofEpochMilli(command.order().expiryMillis()).plus(PATIENCE);
        open.put(
                CommandRows.id(command.order().idempotencyKey()),
                new Open(command.order().community(), until, sent));
        return sent;
    }

    /** The command was never laid down. */
    void forget(SignedCommand command) {
        open.remove(CommandRows.id(command.order().idempotencyKey()));
    }

    /** The word that a command has changed; the empty one: perhaps any of them. */
    void heard(String id) {
        if (id.isEmpty()) {
            wake.now();
        } else if (open.containsKey(UUID.fromString(id))) {
            changed.add(UUID.fromString(id));
            wake.now();
        }
    }

    private Duration round() {
        wake.await(LOOK);
        Set<UUID> told = Set.copyOf(changed);
        changed.removeAll(told);
        look(told.isEmpty() ? Set.copyOf(open.keySet()) : told);
        return Duration.ZERO;
    }

    private void look(Set<UUID> ids) {
        for (UUID id : ids) {
            Open waiting = open.get(id);
            if (waiting != null) {
                rows.progress(waiting.community(), id).ifPresent(waiting.sent()::progress);
                if (clock.instant().isAfter(waiting.until())) {
                    waiting.sent().failed(CommandFailedException.Reason.UNANSWERED);
                }
                if (waiting.sent().ended()) {
                    open.remove(id);
                }
            }
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.PROCESS;
    }
}
