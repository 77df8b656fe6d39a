package io.zhitong.uhppote.message;

import java.util.List;

/**
 * Readers at which a PIN is asked for (启用密码键盘), function A4: four flags at 8.
 */
public record ActivateKeypads(long serial, List<Boolean> readers) implements Request<Done> {

    public ActivateKeypads {
        readers = List.copyOf(readers);
        FrameException.range(readers.size(), Doors.COUNT, Doors.COUNT, "a count of readers");
    }

    @Override
    public Function function() {
        return Function.ACTIVATE_KEYPADS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .flag(8, readers.get(0))
                .flag(9, readers.get(1))
                .flag(10, readers.get(2))
                .flag(11, readers.get(3))
                .bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static ActivateKeypads decode(byte[] frame) {
        Frame in = Frame.of(Function.ACTIVATE_KEYPADS, frame);
        return new ActivateKeypads(in.serial(), List.of(in.flag(8), in.flag(9), in.flag(10), in.flag(11)));
    }
}
