package io.zhitong.uhppote.message;

import java.net.Inet4Address;

/**
 * Take this address (设置控制器IP), function 96: address 4 at 8 ‖ mask 4 ‖ gateway 4 ‖ guard word 4. The board does not
 * answer.
 */
public record SetAddress(long serial, Inet4Address address, Inet4Address mask, Inet4Address gateway)
        implements Request<NoAnswer> {

    @Override
    public Function function() {
        return Function.SET_ADDRESS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .address(8, address)
                .address(12, mask)
                .address(16, gateway)
                .magic(20)
                .bytes();
    }

    @Override
    public NoAnswer answer(byte[] frame) {
        return new NoAnswer(function(), serial);
    }

    /** @throws FrameException if it is no such request */
    public static SetAddress decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_ADDRESS, frame);
        return new SetAddress(in.needMagic(20).serial(), in.address(8), in.address(12), in.address(16));
    }
}
