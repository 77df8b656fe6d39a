package io.zhitong.keyapi;

/** A question of the vault's wire protocol (请求); the enums that implement it share one space of codes, docs/keys.md. */
interface WireOp {
    /** One byte, never reused. */
    int code();

    /** Whether a repetition, after a connection broke before the answer, changes nothing. */
    boolean repeatable();
}
