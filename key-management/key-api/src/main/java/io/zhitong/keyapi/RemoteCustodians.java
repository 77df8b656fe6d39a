package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/** {@link Custodians} over the wire. */
final class RemoteCustodians implements Custodians {
    private final WireAsker wire;

    RemoteCustodians(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public List<Custodian> list() {
        return wire.ask(CustodyOp.LIST, out -> {}, in -> Lists.decode(in, Custodian::decode));
    }

    @Override
    public void changePin(int custodian, SecretBytes oldPin, SecretBytes newPin) {
        wire.ask(
                CustodyOp.CHANGE_PIN,
                out -> {
                    out.u8(custodian);
                    Secrets.encode(out, oldPin);
                    Secrets.encode(out, newPin);
                },
                in -> true);
    }

    @Override
    public Proposal propose(String proposer, KeyOrder order) {
        return wire.ask(CustodyOp.PROPOSE, out -> out.text(proposer).sized(order.canonical()), Proposal::decode);
    }

    @Override
    public List<Proposal> proposals() {
        return wire.ask(CustodyOp.PROPOSALS, out -> {}, in -> Lists.decode(in, Proposal::decode));
    }

    @Override
    public Proposal approve(byte[] number, byte[] digest, int custodian, SecretBytes pin) {
        return wire.ask(
                CustodyOp.APPROVE,
                out -> {
                    out.bytes(Checks.length("proposal number", number, Proposal.NUMBER));
                    out.bytes(Checks.length("digest", digest, 32)).u8(custodian);
                    Secrets.encode(out, pin);
                },
                Proposal::decode);
    }

    @Override
    public Proposal withdraw(byte[] number, int custodian, SecretBytes pin) {
        return wire.ask(
                CustodyOp.WITHDRAW,
                out -> {
                    out.bytes(Checks.length("proposal number", number, Proposal.NUMBER))
                            .u8(custodian);
                    Secrets.encode(out, pin);
                },
                Proposal::decode);
    }
}
