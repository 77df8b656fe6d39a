package io.zhitong.keyapi;

/** Questions about the ceremony (密钥仪式请求). Layouts: docs/keys.md. */
enum CeremonyOp implements WireOp {
    STATUS(0x3E, true),
    START(0x3F, false),
    JOIN(0x40, false),
    COMMIT(0x41, false),
    REVEAL(0x42, false),
    DEAL(0x43, false),
    CONFIRM(0x44, false),
    CLOSE(0x45, false),
    ABORT(0x46, false),
    TRANSCRIPT(0x47, true);

    private final int code;
    private final boolean repeatable;

    CeremonyOp(int code, boolean repeatable) {
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
