package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.ThisBackend;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.CommandAnswer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A process that drives devices itself, and a console of another process that commands them, for tests of every module. */
public final class TestDriven {
    private final TestGateway gateway;
    private final TestGateway console;
    private final DrivenDevices devices;
    private final HeardAges ages;

    public TestDriven(TestDatabase database, Clock clock) {
        gateway = new TestGateway(database, new TestDevices(), clock);
        console = new TestGateway(database, new TestDevices(), clock);
        devices = new DrivenDevices(gateway.held, gateway.rows);
        ages = new HeardAges(database.jdbc(), gateway.backend.self(), gateway.held);
    }

    public DrivenDevices devices() {
        return devices;
    }

    public ThisBackend self() {
        return gateway.backend.self();
    }

    /** As every console sees them. */
    public DeviceStates states() {
        gateway.held.write();
        ages.write();
        return console.states;
    }

    public SyncProof proof(CommunityId community, Estate estate, DeviceLists lists) {
        states();
        return new SyncProofs(estate, console.states, lists, ages, any -> 1).of(community);
    }

    /** Commanded at the console, taken by the gateway that drives the device: its refusal, as every console reads it. */
    public CommandRefusal order(DeviceAddress device, CommandKind kind, PointId point, Octets args) {
        states();
        console.commands.order(device, kind, point, args, new Actor("property"), "送货");
        List<SignedCommand> taken = gateway.taken();
        taken.forEach(command -> {
            if (!devices.send(command)) {
                throw new AssertionError("expected a device that is driven here");
            }
        });
        UUID id = CommandRows.id(taken.get(taken.size() - 1).order().idempotencyKey());
        Eventually.holds("answer", () -> answer(device, id).isPresent());
        return answer(device, id).orElseThrow().refusal();
    }

    private Optional<CommandAnswer> answer(DeviceAddress device, UUID id) {
        return console.rows.progress(device.community(), id).flatMap(CommandRows.Progress::answer);
    }
}
