package io.zhitong.uhppote.message;

import java.util.List;

/**
 * Codes that open a door without a card (设置超级密码), function 8C: door 1 at 8 ‖ four codes of 4 at 12, 0 = none, at most
 * 999999. Our compiler sends zeros: such a code opens for whoever knows it.
 */
public record SetPasscodes(long serial, int door, List<Integer> codes) implements Request<Done> {

    public SetPasscodes {
        codes = List.copyOf(codes);
        Doors.check(door);
        FrameException.range(codes.size(), 4, 4, "a count of codes");
        codes.forEach(each -> FrameException.range(each, 0, BoardCard.MOST_PIN, "a code"));
    }

    @Override
    public Function function() {
        return Function.SET_PASSCODES;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .u8(8, door)
                .u32(12, codes.get(0))
                .u32(16, codes.get(1))
                .u32(20, codes.get(2))
                .u32(24, codes.get(3))
                .bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetPasscodes decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_PASSCODES, frame);
        return new SetPasscodes(in.serial(), in.u8(8), List.of(code(in, 12), code(in, 16), code(in, 20), code(in, 24)));
    }

    private static int code(Frame in, int at) {
        return (int) Math.min(in.u32(at), Integer.MAX_VALUE);
    }

    /** Without the codes, which stay out of logs. */
    @Override
    public String toString() {
        return "SetPasscodes[" + serial + ", " + door + "]";
    }
}
