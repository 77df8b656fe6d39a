package io.zhitong.backend.estate;

/** How a card proves itself at a point (认证方式). */
public enum PointMethod {
    /** 密封: no secret at the door. */
    SEALED,
    /** 快速: a SAM at the door. */
    FAST,
    /** A till: purse and PSAM. */
    PURSE
}
