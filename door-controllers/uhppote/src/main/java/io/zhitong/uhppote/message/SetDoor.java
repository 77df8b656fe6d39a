package io.zhitong.uhppote.message;

/**
 * Hold a door so (设置门控参数), function 80: door 1 at 8 ‖ control 1 ‖ delay 1, seconds.
 */
public record SetDoor(long serial, int door, DoorControl control, int delay) implements Request<DoorSetting> {

    public SetDoor {
        Doors.check(door);
        FrameException.range(delay, 0, 0xFF, "a delay");
    }

    @Override
    public Function function() {
        return Function.SET_DOOR;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial)
                .u8(8, door)
                .u8(9, control.code())
                .u8(10, delay)
                .bytes();
    }

    @Override
    public DoorSetting answer(byte[] frame) {
        return DoorSetting.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetDoor decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_DOOR, frame);
        return new SetDoor(in.serial(), in.u8(8), DoorControl.of(in.u8(9)), in.u8(10));
    }
}
