package io.zhitong.keyapi;

/** Questions about custodians and proposals (保管人请求). Layouts: docs/keys.md. */
enum CustodyOp implements WireOp {
    LIST(0x38, true),
    CHANGE_PIN(0x39, false),
    PROPOSE(0x3A, false),
    PROPOSALS(0x3B, true),
    APPROVE(0x3C, false),
    WITHDRAW(0x3D, false);

    private final int code;
    private final boolean repeatable;

    CustodyOp(int code, boolean repeatable) {
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
