package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyService;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Devices that a launcher runs, by what they say and are told (由启动器运行的设备); no sockets. */
public final class TestLaunched {
    private final TestDevices devices = new TestDevices();
    private final TestGateway gateway;
    private final TestDatabase database;
    private final Map<Long, LinkSession> sessions = new HashMap<>();
    private long connections;

    public TestLaunched(TestDatabase database, Clock clock) {
        this.database = database;
        gateway = new TestGateway(database, devices, clock);
    }

    public DeviceCommands commands() {
        return gateway.commands;
    }

    public DeviceStates states() {
        return gateway.states;
    }

    public WorkerTurns turns() {
        return gateway.backend.turns();
    }

    public ImageParts parts() {
        return new ImageParts(database.jdbc());
    }

    public KeyService vault() {
        return devices.vault();
    }

    public void vaultAway(boolean away) {
        devices.away(away);
    }

    public Sm2PublicKey policyKey() {
        return devices.key().publicKey();
    }

    /** A new connection. */
    public void comes(long device, String software) {
        LinkSession any = TestDevices.session(++connections, device);
        DeviceHello hello =
                new DeviceHello(any.hello().journal(), 0, 0, any.hello().nonce(), software, List.of());
        LinkSession session =
                new LinkSession(any.number(), any.address(), any.peer(), hello, any.opened(), any.remote());
        sessions.put(device, session);
        gateway.held.opened(session);
        says(device);
    }

    public void says(long device, String... faults) {
        gateway.held.heard(
                sessions.get(device), new DeviceStatus(0, ClockQuality.HELD, 0, 0, 0, List.of(), List.of(faults)));
        gateway.held.write();
    }

    public void goes(long device) {
        gateway.held.closed(sessions.get(device), CloseReason.PEER_CLOSED);
        gateway.held.write();
    }

    /** What left for the devices since the last time. */
    public List<CommandOrder> taken() {
        return gateway.taken().stream().map(SignedCommand::order).toList();
    }

    public void refuses(CommandOrder order, CommandRefusal refusal, String detail) {
        gateway.rows.answered(
                new DeviceAddress(order.community(), order.device()),
                new CommandAnswer(order.idempotencyKey(), CommandAnswer.Stage.REFUSED, refusal, detail));
    }

    /** As the gateway reads for a device. */
    public static byte[] read(ImageParts parts, CommunityId community, Hash bundle, long from, int most) {
        return parts.read(community, bundle, from, most);
    }
}
