package io.zhitong.uhppote.message;

/** Empty the list of tasks that is being written (清除定时任务), function A6: guard word 4 at 8. */
public record ClearTasks(long serial) implements Request<Done> {

    @Override
    public Function function() {
        return Function.CLEAR_TASKS;
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
    public static ClearTasks decode(byte[] frame) {
        return new ClearTasks(Frame.of(Function.CLEAR_TASKS, frame).needMagic(8).serial());
    }
}
