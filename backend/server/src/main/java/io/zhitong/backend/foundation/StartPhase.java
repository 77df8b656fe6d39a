package io.zhitong.backend.foundation;

/** In which order long-running parts start; they stop in the reverse order (启动次序). */
public final class StartPhase {
    /** Rows that must be there before anybody looks. */
    public static final int SEEDS = 0;

    /** This process among the others. */
    public static final int PROCESS = 50;

    /** Readers of the event store. */
    public static final int CONSUMERS = 100;

    /** What accepts devices: last to start, first to stop, so that nothing arrives that nobody reads. */
    public static final int GATEWAY = 200;

    private StartPhase() {}
}
