package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** {@link VaultDoor} over the wire. */
final class RemoteVaultDoor implements VaultDoor {
    private final WireAsker wire;

    RemoteVaultDoor(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public DoorState door() {
        return wire.ask(DoorOp.DOOR, out -> {}, DoorState::decode);
    }

    @Override
    public DoorState giveShare(SecretBytes share) {
        return wire.ask(DoorOp.GIVE_SHARE, out -> Secrets.encode(out, share), DoorState::decode);
    }

    @Override
    public DoorState forgetShares() {
        return wire.ask(DoorOp.FORGET_SHARES, out -> {}, DoorState::decode);
    }

    @Override
    public DoorState seal() {
        return wire.ask(DoorOp.SEAL, out -> {}, DoorState::decode);
    }

    @Override
    public Testimony testify(Testimony known) {
        return wire.ask(DoorOp.TESTIFY, known::encode, Testimony::decode);
    }

    @Override
    public DoorState passOn(List<DeviceWord> words) {
        return wire.ask(DoorOp.PASS_ON, out -> Lists.encode(out, words, DeviceWord::encode), DoorState::decode);
    }

    @Override
    public DoorState answerNewest(long newest) {
        return wire.ask(DoorOp.ANSWER_NEWEST, out -> out.u64(newest), DoorState::decode);
    }
}
