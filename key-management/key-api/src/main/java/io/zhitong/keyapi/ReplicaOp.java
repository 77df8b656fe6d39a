package io.zhitong.keyapi;

/** The only question of a standby (热备请求). Layouts: docs/keys.md. */
enum ReplicaOp implements WireOp {
    NEXT;

    @Override
    public int code() {
        return 0x26;
    }

    @Override
    public boolean repeatable() {
        return true;
    }
}
