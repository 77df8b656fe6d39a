package io.zhitong.keyvault;

import io.zhitong.keyapi.DeviceWord;
import io.zhitong.keyapi.DoorState;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Testimony;
import io.zhitong.keyapi.VaultDoor;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** {@link VaultDoor} for one caller, by whose name it is audited. */
final class DoorKeeper implements VaultDoor {
    private final Vault vault;
    private final MachineName caller;

    DoorKeeper(Vault vault, MachineName caller) {
        this.vault = vault;
        this.caller = caller;
    }

    @Override
    public DoorState door() {
        return vault.unsealing().state();
    }

    @Override
    public DoorState giveShare(SecretBytes share) {
        return vault.unsealing().give(caller.toString(), share);
    }

    @Override
    public DoorState forgetShares() {
        vault.unsealing().forget();
        return door();
    }

    @Override
    public DoorState seal() {
        vault.seal(caller.toString());
        return door();
    }

    private void requireBackend() {
        if (caller.role() != MachineRole.BACKEND) {
            throw new KeyServiceException(KeyRefusal.CALLER_NOT_ALLOWED, "expected a backend as a witness");
        }
    }

    @Override
    public DoorState passOn(List<DeviceWord> words) {
        requireBackend();
        vault.witnesses().passedOn(words);
        return door();
    }

    @Override
    public Testimony testify(Testimony known) {
        requireBackend();
        return vault.witnesses().testify(caller.toString(), known);
    }

    @Override
    public DoorState answerNewest(long newest) {
        vault.witnesses().answered(newest);
        return door();
    }
}
