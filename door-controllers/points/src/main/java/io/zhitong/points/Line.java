package io.zhitong.points;

/**
 * One input line (输入线): what it says, once a reading has stood long enough. Immutable; times as in {@link DoorState}.
 *
 * @param state what counts
 * @param reading what was read last
 * @param since when that reading began to stand
 */
public record Line(LineState state, LineState reading, long since) {

    /** A line of which nothing was read yet counts as normal; its first reading counts when it has stood. */
    public static Line unread() {
        return new Line(LineState.NORMAL, LineState.NORMAL, 0);
    }

    /** A reading came, or, with the last one again, time passed. */
    public Line read(LineState now, LineLimits limits, long at) {
        long began = now == reading ? since : at;
        boolean steady = at - began >= limits.steadyMillis();
        return new Line(steady ? now : state, now, began);
    }

    /** When a reading that stands now begins to count, or {@link DoorState#NEVER}. */
    public long dueAt(LineLimits limits) {
        return reading == state ? DoorState.NEVER : since + limits.steadyMillis();
    }
}
