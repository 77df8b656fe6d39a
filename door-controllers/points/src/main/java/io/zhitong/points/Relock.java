package io.zhitong.points;

/** When the lock may catch again after somebody came through (重新上锁时机). */
public enum Relock {
    /** As soon as the leaf opens: for strikes that catch a closing leaf by themselves. */
    ON_OPEN,
    /** When the leaf has closed: for magnets and motor locks. */
    ON_CLOSE
}
