package io.zhitong.keyapi;

import java.math.BigInteger;
import java.util.List;

/** {@link MachineRegister} over the wire. */
final class RemoteMachineRegister implements MachineRegister {
    private final WireAsker wire;

    RemoteMachineRegister(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public List<IssuedMachine> issued(int from) {
        return wire.ask(MachineOp.ISSUED, out -> out.u32(from), in -> Lists.decode(in, IssuedMachine::decode));
    }

    @Override
    public List<Revocation> revocations() {
        return wire.ask(MachineOp.REVOCATIONS, out -> {}, in -> Lists.decode(in, Revocation::decode));
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        return wire.ask(
                MachineOp.REVOKE,
                out -> {
                    Revocation.encodeSerial(out, serial);
                    out.u8(reason.code());
                },
                in -> Lists.decode(in, Revocation::decode));
    }
}
