package io.zhitong.uhppote.message;

import io.zhitong.accessmodel.Octets;
import java.net.Inet4Address;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Who a board is (控制器信息): address 4 at 8 ‖ mask 4 ‖ gateway 4 ‖ MAC 6 ‖ firmware 2 (BCD, 0892 = 8.92) ‖ date 4.
 *
 * @param firmware hundredths: 892 is version 8.92
 * @param released date of the firmware
 */
public record DeviceAnswer(
        long serial,
        Inet4Address address,
        Inet4Address mask,
        Inet4Address gateway,
        Octets mac,
        int firmware,
        Optional<LocalDate> released)
        implements Answer {

    public DeviceAnswer {
        FrameException.range(mac.length(), 6, 6, "a length of a MAC");
        FrameException.range(firmware, 0, 9999, "a firmware version");
    }

    @Override
    public Function function() {
        return Function.GET_DEVICE;
    }

    @Override
    public byte[] encode() {
        byte[] frame = Frame.to(function(), serial)
                .address(8, address)
                .address(12, mask)
                .address(16, gateway)
                .copy(20, mac.toByteArray())
                .date(28, released)
                .bytes();
        Bcd.put(frame, 26, firmware, 2);
        return frame;
    }

    /** @throws FrameException if it is no such answer */
    public static DeviceAnswer decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_DEVICE, frame);
        return new DeviceAnswer(
                in.serial(),
                in.address(8),
                in.address(12),
                in.address(16),
                Octets.of(in.copy(20, 6)),
                Bcd.get(frame, 26, 2),
                in.date(28));
    }
}
