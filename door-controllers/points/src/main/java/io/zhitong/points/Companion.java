package io.zhitong.points;

import java.util.OptionalLong;

/**
 * Who presented first at a point for two (双人认证的第一人): remembered for a time, so that `decision` can ask whether a second
 * person is there. Whom it suffices for is decided there. Times as in {@link DoorState}.
 *
 * @param holder number of the person, above 0; 0 = nobody
 */
public record Companion(long holder, long until) {

    /** How long the first one is remembered. */
    public static final int WINDOW_MILLIS = 15_000;

    public static final Companion NOBODY = new Companion(0, DoorState.NEVER);

    /** The holder who came before and still counts. */
    public OptionalLong at(long now) {
        return holder != 0 && now < until ? OptionalLong.of(holder) : OptionalLong.empty();
    }

    /** Somebody presented who would pass if a second person came. The same one again starts the window anew. */
    public Companion came(long who, long now) {
        return new Companion(who, now + WINDOW_MILLIS);
    }
}
