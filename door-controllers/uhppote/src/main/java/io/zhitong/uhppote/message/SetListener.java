package io.zhitong.uhppote.message;

import java.net.Inet4Address;

/**
 * Send events there (设置接收服务器), function 90: address 4 at 8 ‖ port 2 ‖ seconds between status messages
 * 1, 0 = events only.
 */
public record SetListener(long serial, Inet4Address address, int port, int seconds) implements Request<Done> {

    public SetListener {
        FrameException.range(port, 0, 0xFFFF, "a port");
        FrameException.range(seconds, 0, 0xFF, "a number of seconds");
    }

    @Override
    public Function function() {
        return Function.SET_LISTENER;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .address(8, address)
                .u16(12, port)
                .u8(14, seconds)
                .bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetListener decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_LISTENER, frame);
        return new SetListener(in.serial(), in.address(8), in.u16(12), in.u8(14));
    }
}
