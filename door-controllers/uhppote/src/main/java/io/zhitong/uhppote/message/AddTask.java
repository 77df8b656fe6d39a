package io.zhitong.uhppote.message;

/**
 * Do this at that minute (添加定时任务), function A8: a {@link BoardTask}. In force after {@link RefreshTasks}; asked twice it is
 * there twice.
 */
public record AddTask(long serial, BoardTask task) implements Request<Done> {

    @Override
    public Function function() {
        return Function.ADD_TASK;
    }

    @Override
    public byte[] encode() {
        return task.write(Frame.to(function(), serial)).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static AddTask decode(byte[] frame) {
        Frame in = Frame.of(Function.ADD_TASK, frame);
        return new AddTask(in.serial(), BoardTask.read(in));
    }
}
