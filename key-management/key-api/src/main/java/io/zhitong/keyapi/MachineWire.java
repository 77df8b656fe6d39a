package io.zhitong.keyapi;

import java.math.BigInteger;

/** The vault's end of {@link MachineRegister}. */
final class MachineWire {
    private MachineWire() {}

    static void serve(MachineRegister machines, WireHandlers handlers) {
        handlers.put(MachineOp.ISSUED, in -> {
            int from = Math.toIntExact(in.u32() & Integer.MAX_VALUE);
            return out -> Lists.encode(out, machines.issued(from), IssuedMachine::encode);
        });
        handlers.put(MachineOp.REVOCATIONS, in -> out -> Lists.encode(out, machines.revocations(), Revocation::encode));
        handlers.put(MachineOp.REVOKE, in -> {
            BigInteger serial = Revocation.decodeSerial(in);
            RevocationReason reason = RevocationReason.of(in.u8());
            return out -> Lists.encode(out, machines.revoke(serial, reason), Revocation::encode);
        });
    }
}
