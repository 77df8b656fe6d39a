package io.zhitong.keyapi;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A register of whatever the test gives it. */
final class EchoMachines implements MachineRegister {
    final List<IssuedMachine> given = new ArrayList<>();
    final List<Revocation> revoked = new ArrayList<>();

    @Override
    public List<IssuedMachine> issued(int from) {
        return given.stream().skip(from).limit(MOST).toList();
    }

    @Override
    public List<Revocation> revocations() {
        return List.copyOf(revoked);
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        revoked.add(new Revocation(serial, reason, java.time.Instant.parse("2026-05-01T08:00:00Z")));
        return revocations();
    }
}
