package io.zhitong.controller.board;

/**
 * Inputs and outputs (输入输出板). A board that is not fed for {@link #WATCH_MILLIS} lets all its outputs fall, that is, without current:
 * fail-secure locks lock, fail-safe ones open. Thread-safe.
 */
public interface Board extends AutoCloseable {

    int WATCH_MILLIS = 2_000;

    /** What a board tells; on a thread of the board's. */
    interface Listener {

        /** @param ohms of an input line; 0 for closed and 1,000,000 for open where the board cannot measure */
        void reading(int io, int ohms);

        /**
         * Somebody typed at the keypad of a point and sent it off.
         *
         * @param digits never to be logged
         */
        default void typed(int point, String digits) {}

        /** The board does not answer; told once. */
        void lost();

        /** It answers again, and every input is told anew. */
        void back();
    }

    /**
     * Drives an output. A board that does not answer gets what stays as soon as it is back, and never a pulse that is over.
     *
     * @param current whether current flows
     * @param millis after so long it is the other way round again, by the board's own clock; 0 = it stays
     */
    void write(int io, boolean current, int millis);

    /** The program is alive. */
    void feed();

    /** Whether there is a board, and it has not been lost: what is written now happens. */
    default boolean answers() {
        return true;
    }

    @Override
    void close();

    /** Where none is configured. */
    static Board none() {
        return new Board() {
            @Override
            public void write(int io, boolean current, int millis) {}

            @Override
            public void feed() {}

            @Override
            public boolean answers() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
