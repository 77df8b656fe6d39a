package io.zhitong.uhppote.message;

/**
 * Let the first card of the day open a door for all (设置首卡), function AA: door 1 at 8 ‖ a
 * {@link BoardFirstCard}. In force after {@link RefreshTasks}.
 */
public record SetFirstCard(long serial, int door, BoardFirstCard rule) implements Request<Done> {

    public SetFirstCard {
        Doors.check(door);
    }

    @Override
    public Function function() {
        return Function.SET_FIRST_CARD;
    }

    @Override
    public byte[] encode() {
        return rule.write(Frame.to(function(), serial).u8(8, door)).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetFirstCard decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_FIRST_CARD, frame);
        return new SetFirstCard(in.serial(), in.u8(8), BoardFirstCard.read(in));
    }
}
