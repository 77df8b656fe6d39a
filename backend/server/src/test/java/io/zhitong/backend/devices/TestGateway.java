package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One backend process of several on a test's database: what it holds, its outbox and its console's commands; no sockets. */
final class TestGateway {
    private final TestDatabase database;
    final TestBackend backend;
    final DeviceLeases leases;
    final CommandRows rows;
    final CommandOutbox outbox;
    final HeldDevices held;
    final DeviceStates states;
    final CommandReplies replies;
    final DeviceCommands commands;

    TestGateway(TestDatabase database, TestDevices devices, Clock clock) {
        this.database = database;
        backend = TestBackend.on(database);
        leases = new DeviceLeases(database.jdbc(), backend.self(), clock);
        rows = new CommandRows(database.jdbc(), backend.notices(), clock);
        outbox = new CommandOutbox(database.jdbc(), rows, leases, backend.notices(), backend.self(), clock);
        held = new HeldDevices(leases, outbox, database.transactions());
        states = new DeviceStates(leases);
        replies = new CommandReplies(rows, backend.notices(), clock);
        commands = new DeviceCommands(
                leases,
                devices.vault(),
                outbox,
                rows,
                replies,
                TestAudit.log(database, clock),
                database.transactions(),
                new TimeOrderedIds(clock),
                clock);
    }

    DeviceState state() {
        return states.of(TestDevices.DOOR).orElseThrow();
    }

    /** Takes what waits in its name, as the post does: what it would send. */
    List<SignedCommand> taken() {
        return outbox.mine().stream().flatMap(each -> take(each).stream()).toList();
    }

    Optional<SignedCommand> take(CommandOutbox.Waiting waiting) {
        return database.transactions().execute(status -> outbox.take(waiting));
    }

    /** What stands in the outbox for a device, with which epoch. */
    static CommandOutbox.Waiting forgedFor(CommandOutbox.Waiting other, DeviceAddress device, long epoch) {
        return new CommandOutbox.Waiting(device, other.id(), epoch, other.expires());
    }
}
