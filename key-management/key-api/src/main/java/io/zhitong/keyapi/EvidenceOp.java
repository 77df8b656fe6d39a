package io.zhitong.keyapi;

/** Questions of who examines the vault (取证请求). Layouts: docs/keys.md. */
enum EvidenceOp implements WireOp {
    AUDIT(0x50),
    CHECKPOINT(0x51),
    PORTRAIT(0x52),
    PACK(0x53);

    private final int code;

    EvidenceOp(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public boolean repeatable() {
        return true;
    }
}
