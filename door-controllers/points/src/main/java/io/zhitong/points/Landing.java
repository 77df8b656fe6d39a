package io.zhitong.points;

/** Where a car is called to (停靠层). */
public enum Landing {
    /** Where the reader is. */
    HERE,
    /** Where visitors come in. */
    LOBBY
}
