package io.zhitong.uhppote.message;

/** Put the written tasks and first cards in force (启用定时任务), function AC: guard word 4 at 8. */
public record RefreshTasks(long serial) implements Request<Done> {

    @Override
    public Function function() {
        return Function.REFRESH_TASKS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).magic(8).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static RefreshTasks decode(byte[] frame) {
        return new RefreshTasks(
                Frame.of(Function.REFRESH_TASKS, frame).needMagic(8).serial());
    }
}
