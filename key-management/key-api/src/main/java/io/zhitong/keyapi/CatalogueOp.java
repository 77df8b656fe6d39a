package io.zhitong.keyapi;

/** Questions about keys (密钥目录请求). Layouts: docs/keys.md. */
enum CatalogueOp implements WireOp {
    MASTERS(0x28),
    LINEAGE(0x29);

    private final int code;

    CatalogueOp(int code) {
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
