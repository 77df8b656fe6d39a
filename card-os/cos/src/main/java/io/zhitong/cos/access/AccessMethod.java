package io.zhitong.cos.access;

/** Methods in DF60 of the FCI (认证方式), bits from 1. */
enum AccessMethod {
    FAST,
    SEALED,
    PRIVATE,
    DISTANCE;

    int bit() {
        return 1 << ordinal();
    }
}
