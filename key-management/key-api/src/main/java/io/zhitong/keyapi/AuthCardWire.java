package io.zhitong.keyapi;

import java.util.List;

/** The vault's end of {@link AuthenticationCards}. */
final class AuthCardWire {
    static final int PAIR = 32;
    static final int BLOCK = 16;

    private AuthCardWire() {}

    static void serve(AuthenticationCards cards, WireHandlers handlers) {
        handlers.put(AuthCardOp.CARDS, in -> out -> Lists.encode(out, cards.cards(), AuthenticationCard::encode));
        handlers.put(AuthCardOp.ENROL, in -> {
            CustodyPerson custodian = CustodyPerson.decode(in);
            CustodyPerson witness = CustodyPerson.decode(in);
            byte[] serial = in.bytes(10);
            List<byte[]> pairs = Lists.decode(in, from -> from.bytes(PAIR));
            return out -> {
                try (custodian;
                        witness) {
                    cards.enrol(custodian, witness, serial, pairs).encode(out);
                }
            };
        });
        handlers.put(AuthCardOp.CHALLENGE, in -> {
            int custodian = in.u8();
            return out -> out.bytes(cards.challenge(custodian));
        });
        handlers.put(AuthCardOp.PROVE, in -> {
            int custodian = in.u8();
            byte[] digest = in.bytes(PAIR);
            byte[] answer = in.bytes(BLOCK);
            return out -> cards.prove(custodian, digest, answer);
        });
    }
}
