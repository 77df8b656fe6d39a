package io.zhitong.uhppote.message;

/** The doors of a board (门号). */
public final class Doors {

    public static final int COUNT = 4;

    private Doors() {}

    static void check(int door) {
        FrameException.range(door, 1, COUNT, "a door");
    }
}
