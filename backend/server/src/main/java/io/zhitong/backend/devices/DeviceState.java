package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * How a device is right now (设备状态), as the gateway that holds its connection tells.
 *
 * @param connected whether a session is open and its gateway lives
 * @param since when that became so
 * @param heard when the connection last told something new
 * @param closed why the last session ended
 */
public record DeviceState(
        DeviceAddress device,
        boolean connected,
        Instant since,
        Instant heard,
        String software,
        Optional<DeviceStatus> status,
        Optional<CloseReason> closed) {}
