package io.zhitong.cos.chip;

/** What the unit under way holds after power failed inside a program or erase operation (掉电时正在写的单元). */
public enum TornContent {
    /** As before the operation. */
    OLD,
    /** As if the operation had ended. */
    NEW,
    /** All FF. */
    ERASED,
    /** Neither; also reads differently at the next two resets. */
    RANDOM
}
