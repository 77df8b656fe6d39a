package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.DeviceStatus;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Devices that a gateway asks by itself because they bring no link (直驱设备): held, shown, commanded and compared with their lists
 * like those that connect. Thread-safe.
 */
@Component
public class DrivenDevices {
    private final HeldDevices held;
    private final CommandRows rows;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong sessions = new AtomicLong();
    private final Map<DeviceAddress, Seat> seats = new ConcurrentHashMap<>();

    DrivenDevices(HeldDevices held, CommandRows rows) {
        this.held = held;
        this.rows = rows;
    }

    /** @param session below 0: those of the link count from 1 */
    private record Seat(long session, Consumer<CommandOrder> driver) {}

    /**
     * The device answers and is held by this process from now on.
     *
     * @param driver begins to carry a command out and does not wait; it says {@link #answered} in the end
     */
    public void opened(DeviceAddress device, JournalId journal, String software, Consumer<CommandOrder> driver) {
        byte[] nonce = new byte[CommandOrder.NONCE_LENGTH];
        random.nextBytes(nonce);
        Seat seat = new Seat(sessions.decrementAndGet(), driver);
        held.opened(device, seat.session(), new DeviceHello(journal, 0, 0, Octets.of(nonce), software, List.of()));
        seats.put(device, seat);
    }

    /** What it was found to be like; nothing when it is not held here. */
    public void heard(DeviceAddress device, DeviceStatus status) {
        Seat seat = seats.get(device);
        if (seat != null) {
            held.heard(device, seat.session(), status);
        }
    }

    /** It does not answer any more, or is another process's to drive. */
    public void closed(DeviceAddress device, CloseReason reason) {
        Seat seat = seats.remove(device);
        if (seat != null) {
            held.closed(device, seat.session(), reason);
        }
    }

    public void answered(DeviceAddress device, CommandAnswer answer) {
        rows.answered(device, answer);
    }

    /** @return whether the device is one of these; the command is on its way then */
    boolean send(SignedCommand command) {
        CommandOrder order = command.order();
        Seat seat = seats.get(new DeviceAddress(order.community(), order.device()));
        if (seat != null) {
            seat.driver().accept(order);
        }
        return seat != null;
    }
}
