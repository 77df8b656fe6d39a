package io.zhitong.uhppote.message;

/**
 * Release a door once (远程开门), function 40: door 1 at 8. Never asked twice by itself: each time is a
 * release of its own.
 */
public record OpenDoor(long serial, int door) implements Request<Done> {

    public OpenDoor {
        Doors.check(door);
    }

    @Override
    public Function function() {
        return Function.OPEN_DOOR;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u8(8, door).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static OpenDoor decode(byte[] frame) {
        Frame in = Frame.of(Function.OPEN_DOOR, frame);
        return new OpenDoor(in.serial(), in.u8(8));
    }
}
