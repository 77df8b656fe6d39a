package io.zhitong.points;

/** What a lift point does for somebody who is granted (梯控方式); it follows from what is wired. */
public enum LiftMode {
    /** The buttons of the granted floors work for a time (楼控). */
    ENABLE,
    /** One floor: its button is pressed; several: as {@link #ENABLE} (层控). */
    PRESS,
    /** The car is called to where the reader is (呼梯). */
    CALL
}
