package io.zhitong.keyapi;

/** Questions about opening and closing (开关请求). Layouts: docs/keys.md. */
enum DoorOp implements WireOp {
    DOOR(0x20, true),
    GIVE_SHARE(0x21, false),
    FORGET_SHARES(0x22, true),
    SEAL(0x23, true),
    TESTIFY(0x24, true),
    ANSWER_NEWEST(0x25, false),
    PASS_ON(0x27, true);

    private final int code;
    private final boolean repeatable;

    DoorOp(int code, boolean repeatable) {
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
