package io.zhitong.backend.foundation;

import org.springframework.context.SmartLifecycle;

/** A part that works on a thread of its own from the program's start to its stop (后台部件), beside the readers of the event store. */
public interface BackgroundPart extends SmartLifecycle {
    /** The part's thread, always the same. */
    BackgroundThread thread();

    @Override
    default void start() {
        thread().start();
    }

    @Override
    default void stop() {
        thread().stopAndWait();
    }

    @Override
    default boolean isRunning() {
        return thread().running();
    }

    @Override
    default int getPhase() {
        return StartPhase.CONSUMERS;
    }
}
