package io.zhitong.keyapi;

/** Questions about authentication cards (认证卡请求). Layouts: docs/keys.md. */
enum AuthCardOp implements WireOp {
    CARDS(0x5C, true),
    ENROL(0x5D, false),
    CHALLENGE(0x5E, true),
    PROVE(0x5F, false);

    private final int code;
    private final boolean repeatable;

    AuthCardOp(int code, boolean repeatable) {
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
