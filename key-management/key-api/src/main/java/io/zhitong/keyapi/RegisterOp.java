package io.zhitong.keyapi;

/** Questions about the register (保管登记请求). Layouts: docs/keys.md. */
enum RegisterOp implements WireOp {
    ITEMS(0x48, true),
    ENTER(0x49, true),
    HAND_OVER(0x4A, false),
    CONFIRM(0x4B, false),
    LOST(0x4C, true),
    DESTROYED(0x4D, false),
    STOCK_TAKE(0x4E, false),
    LEASE(0x4F, false);

    private final int code;
    private final boolean repeatable;

    RegisterOp(int code, boolean repeatable) {
        this.code = code;
        this.repeatable = repeatable;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public boolean repeatable() {
        return repeatable;
    }
}
