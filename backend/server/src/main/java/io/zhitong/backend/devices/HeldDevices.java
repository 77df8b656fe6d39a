package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.StartPhase;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The devices this process holds (本网关所持设备): their epochs and last heartbeats, all that a gateway keeps in memory. What a
 * heartbeat says anew is written down soon; one that repeats the last costs the database nothing. Thread-safe.
 */
@Component
class HeldDevices implements BackgroundPart {
    private static final Duration ROUND = Duration.ofMillis(200);

    private final DeviceLeases leases;
    private final CommandOutbox outbox;
    private final TransactionTemplate transactions;
    private final Map<DeviceAddress, Held> held = new ConcurrentHashMap<>();
    private final Set<DeviceAddress> fresh = ConcurrentHashMap.newKeySet();
    private final Map<DeviceAddress, Ended> ended = new ConcurrentHashMap<>();
    private final BackgroundThread thread = BackgroundThread.repeating("held-devices", this::round);

    HeldDevices(DeviceLeases leases, CommandOutbox outbox, TransactionTemplate transactions) {
        this.leases = leases;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    /** @param at of the last heartbeat, by {@link System#nanoTime} */
    private record Held(long session, long epoch, Optional<DeviceStatus> heard, Optional<Told> written, long at) {
        Held with(DeviceStatus status) {
            return new Held(session, epoch, Optional.of(status), written, System.nanoTime());
        }

        Held asWritten() {
            return new Held(session, epoch, heard, heard.map(Told::of), at);
        }

        boolean news() {
            return !heard.map(Told::of).equals(written);
        }
    }

    /** What of a heartbeat a console shows. */
    private record Told(ClockQuality quality, long unsent, long refused, List<ListState> lists, List<String> faults) {
        static Told of(DeviceStatus status) {
            return new Told(status.quality(), status.unsent(), status.refused(), status.lists(), status.faults());
        }
    }

    private record Ended(long epoch, CloseReason reason) {}

    /** The device is held here from now on; commands made for an earlier connection are void. */
    void opened(LinkSession session) {
        opened(session.address(), session.number(), session.hello());
    }

    /** @param session number of the connection, never used twice by this process */
    void opened(DeviceAddress device, long session, DeviceHello hello) {
        Long epoch = transactions.execute(status -> {
            long next = leases.open(device, hello);
            outbox.voidBefore(device, next);
            return next;
        });
        held.put(device, new Held(session, epoch, Optional.empty(), Optional.empty(), System.nanoTime()));
    }

    void heard(LinkSession session, DeviceStatus status) {
        heard(session.address(), session.number(), status);
        Held now = held.get(session.address());
        if (now != null && now.written().isEmpty()) {
            fresh.add(session.address());
        }
    }

    void heard(DeviceAddress device, long session, DeviceStatus status) {
        held.computeIfPresent(device, (same, before) -> before.session() == session ? before.with(status) : before);
    }

    /** Takes the devices that spoke for the first time in a connection. */
    Set<DeviceAddress> fresh() {
        Set<DeviceAddress> taken = Set.copyOf(fresh);
        fresh.removeAll(taken);
        return taken;
    }

    /** The end of a session that a newer one has replaced changes nothing. */
    void closed(LinkSession session, CloseReason reason) {
        closed(session.address(), session.number(), reason);
    }

    void closed(DeviceAddress device, long session, CloseReason reason) {
        Held before = held.get(device);
        if (before != null && before.session() == session && held.remove(device, before)) {
            fresh.remove(device);
            ended.put(device, new Ended(before.epoch(), reason));
        } else if (before != null && before.session() == session) {
            closed(device, session, reason);
        }
    }

    /** The epoch of the connection in which this process holds the device. */
    OptionalLong epoch(DeviceAddress device) {
        Held present = held.get(device);
        return present == null ? OptionalLong.empty() : OptionalLong.of(present.epoch());
    }

    Set<DeviceAddress> devices() {
        return Set.copyOf(held.keySet());
    }

    /** How long ago each device that is held spoke last. */
    Map<DeviceAddress, Duration> ages() {
        Map<DeviceAddress, Duration> ages = new HashMap<>();
        held.forEach((device, each) -> {
            if (each.heard().isPresent()) {
                ages.put(device, Duration.ofNanos(Math.max(0, System.nanoTime() - each.at())));
            }
        });
        return ages;
    }

    private Duration round() {
        write();
        return ROUND;
    }

    /** Writes what is new. */
    void write() {
        ended.forEach((device, end) -> {
            leases.closed(device, end.epoch(), end.reason());
            ended.remove(device, end);
        });
        held.forEach((device, each) -> {
            if (each.news()) {
                leases.heard(device, each.epoch(), each.heard().orElseThrow());
                held.computeIfPresent(
                        device,
                        (same, now) -> now.session() == each.session()
                                ? new Held(
                                        now.session(),
                                        now.epoch(),
                                        now.heard(),
                                        each.asWritten().written(),
                                        now.at())
                                : now);
            }
        });
    }

    @Override
    public void stop() {
        BackgroundPart.super.stop();
        write();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    @Override
    public int getPhase() {
        return StartPhase.PROCESS + 1;
    }
}
