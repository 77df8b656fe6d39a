package io.zhitong.keyapi;

/** Questions about machine certificates (机器证书请求). Layouts: docs/keys.md. */
enum MachineOp implements WireOp {
    ISSUED(0x58),
    REVOCATIONS(0x59),
    REVOKE(0x5A);

    private final int code;

    MachineOp(int code) {
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
