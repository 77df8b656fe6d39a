package io.zhitong.accessmodel;

/**
 * Where a point lies among the others (门点位置): from area 2 ‖ to area 2 ‖ interlock group 1 ‖ most threat level 1.
 *
 * @param fromArea the area that is left through it, {@link #OUTSIDE} = none
 * @param toArea the area that is entered through it
 * @param interlockGroup of the points that are never open together, 0 = none
 * @param mostThreat ordinary credentials pass up to this threat level, {@link #ANY_THREAT} = always
 */
public record PointPlace(int fromArea, int toArea, int interlockGroup, int mostThreat) {

    public static final int OUTSIDE = 0;
    public static final int ANY_THREAT = 255;
    public static final PointPlace NOWHERE = new PointPlace(OUTSIDE, OUTSIDE, 0, ANY_THREAT);

    /** Whether who comes here is inside already: no way in from outside, and no use of a limited number. */
    public boolean beginsInside() {
        return fromArea != OUTSIDE;
    }

    public PointPlace {
        Bounds.u16(fromArea, "an area");
        Bounds.u16(toArea, "an area");
        Bounds.u8(interlockGroup, "an interlock group");
        Bounds.u8(mostThreat, "a threat level");
    }
}
