package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections of devices of community 1 that a test opens and cuts, without sockets. */
public final class TestLinks {
    private final TestGateway gateway;
    private final Map<Long, LinkSession> open = new HashMap<>();
    private long number;

    public TestLinks(TestDatabase database, Clock clock) {
        gateway = new TestGateway(database, new TestDevices(), clock);
    }

    public DeviceStates states() {
        return gateway.states;
    }

    public void connect(long device) {
        LinkSession session = TestDevices.session(++number, device);
        open.put(device, session);
        gateway.held.opened(session);
    }

    /** A heartbeat with so many records unsent. */
    public void heard(long device, long unsent) {
        gateway.held.heard(
                open.get(device), new DeviceStatus(0, ClockQuality.HELD, 0, unsent, 0, List.of(), List.of()));
        gateway.held.write();
    }

    public void cut(long device) {
        gateway.held.closed(open.get(device), CloseReason.SILENT);
        gateway.held.write();
    }
}
