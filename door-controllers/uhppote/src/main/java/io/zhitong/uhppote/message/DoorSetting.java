package io.zhitong.uhppote.message;

/** How a board holds one door (门控参数): door 1 at 8 ‖ control 1 ‖ delay 1 (seconds a release lasts). */
public record DoorSetting(Function function, long serial, int door, DoorControl control, int delay) implements Answer {

    public DoorSetting {
        Doors.check(door);
        FrameException.range(delay, 0, 0xFF, "a delay");
    }

    @Override
    public byte[] encode() {
        return Frame.to(function, serial)
                .u8(8, door)
                .u8(9, control.code())
                .u8(10, delay)
                .bytes();
    }

    /** @throws FrameException if it is no answer to this function */
    public static DoorSetting decode(Function function, byte[] frame) {
        Frame in = Frame.of(function, frame);
        return new DoorSetting(function, in.serial(), in.u8(8), DoorControl.of(in.u8(9)), in.u8(10));
    }
}
