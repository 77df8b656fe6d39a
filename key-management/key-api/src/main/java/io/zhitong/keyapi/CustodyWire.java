package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;

/** The vault's end of {@link Custodians}. */
final class CustodyWire {
    private CustodyWire() {}

    static void serve(Custodians custodians, WireHandlers handlers) {
        handlers.put(CustodyOp.LIST, in -> out -> Lists.encode(out, custodians.list(), Custodian::encode));
        handlers.put(CustodyOp.CHANGE_PIN, in -> {
            int custodian = in.u8();
            SecretBytes old = Secrets.decode(in);
            SecretBytes fresh = Secrets.decode(in);
            return out -> {
                try (old;
                        fresh) {
                    custodians.changePin(custodian, old, fresh);
                }
            };
        });
        handlers.put(CustodyOp.PROPOSE, in -> {
            String proposer = in.text();
            KeyOrder order = KeyOrder.decode(in.sized());
            return out -> custodians.propose(proposer, order).encode(out);
        });
        handlers.put(CustodyOp.PROPOSALS, in -> out -> Lists.encode(out, custodians.proposals(), Proposal::encode));
        handlers.put(CustodyOp.APPROVE, in -> {
            byte[] number = in.bytes(Proposal.NUMBER);
            byte[] digest = in.bytes(32);
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            return out -> {
                try (pin) {
                    custodians.approve(number, digest, custodian, pin).encode(out);
                }
            };
        });
        handlers.put(CustodyOp.WITHDRAW, in -> {
            byte[] number = in.bytes(Proposal.NUMBER);
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            return out -> {
                try (pin) {
                    custodians.withdraw(number, custodian, pin).encode(out);
                }
            };
        });
    }
}
