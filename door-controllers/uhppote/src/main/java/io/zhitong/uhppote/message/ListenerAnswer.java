package io.zhitong.uhppote.message;

import java.net.Inet4Address;

/** Where a board sends its events (接收服务器): address 4 at 8 ‖ port 2 ‖ seconds between status messages 1, 0 = only events. */
public record ListenerAnswer(long serial, Inet4Address address, int port, int seconds) implements Answer {

    @Override
    public Function function() {
        return Function.GET_LISTENER;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .address(8, address)
                .u16(12, port)
                .u8(14, seconds)
                .bytes();
    }

    /** @throws FrameException if it is no such answer */
    public static ListenerAnswer decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_LISTENER, frame);
        return new ListenerAnswer(in.serial(), in.address(8), in.u16(12), in.u8(14));
    }
}
