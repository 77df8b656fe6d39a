package io.zhitong.keyapi;

/** {@link VaultReplication} over the wire. */
final class RemoteReplication implements VaultReplication {
    private final WireAsker wire;

    RemoteReplication(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public ReplicaPart next(ReplicaPlace have) {
        return wire.ask(ReplicaOp.NEXT, have::encode, ReplicaPart::decode);
    }

    @Override
    public void close() {
        wire.close();
    }
}
