package io.zhitong.uhppote.message;

/**
 * How is a door held? (读取门控参数), function 82: door 1 at 8.
 */
public record GetDoor(long serial, int door) implements Request<DoorSetting> {

    public GetDoor {
        Doors.check(door);
    }

    @Override
    public Function function() {
        return Function.GET_DOOR;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u8(8, door).bytes();
    }

    @Override
    public DoorSetting answer(byte[] frame) {
        return DoorSetting.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetDoor decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_DOOR, frame);
        return new GetDoor(in.serial(), in.u8(8));
    }
}
