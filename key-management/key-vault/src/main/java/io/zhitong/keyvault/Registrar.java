package io.zhitong.keyvault;

import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.MachineRegister;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.machinetls.MachineName;
import java.math.BigInteger;
import java.util.List;

/** {@link MachineRegister} for one caller, by whose name it is audited. */
final class Registrar implements MachineRegister {
    private final Vault vault;
    private final KeyService service;

    Registrar(Vault vault, MachineName caller) {
        this.vault = vault;
        this.service = vault.serviceFor(caller);
    }

    @Override
    public List<IssuedMachine> issued(int from) {
        return vault.machines().issued().stream().skip(from).limit(MOST).toList();
    }

    @Override
    public List<Revocation> revocations() {
        return service.revocations();
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        return service.revoke(serial, reason);
    }
}
