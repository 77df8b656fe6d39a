package io.zhitong.keyapi;

import java.util.List;

/** {@link AuthenticationCards} over the wire. */
final class RemoteAuthCards implements AuthenticationCards {
    private final WireAsker wire;

    RemoteAuthCards(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public List<AuthenticationCard> cards() {
        return wire.ask(AuthCardOp.CARDS, out -> {}, in -> Lists.decode(in, AuthenticationCard::decode));
    }

    @Override
    public AuthenticationCard enrol(CustodyPerson custodian, CustodyPerson witness, byte[] serial, List<byte[]> pairs) {
        return wire.ask(
                AuthCardOp.ENROL,
                out -> {
                    custodian.encode(out);
                    witness.encode(out);
                    out.bytes(Checks.length("card serial", serial, 10));
                    Lists.encode(out, pairs, (pair, to) -> to.bytes(Checks.length("pair", pair, AuthCardWire.PAIR)));
                },
                AuthenticationCard::decode);
    }

    @Override
    public byte[] challenge(int custodian) {
        return wire.ask(AuthCardOp.CHALLENGE, out -> out.u8(custodian), in -> in.bytes(AuthCardWire.BLOCK));
    }

    @Override
    public void prove(int custodian, byte[] digest, byte[] answer) {
        wire.ask(
                AuthCardOp.PROVE,
                out -> out.u8(custodian)
                        .bytes(Checks.length("digest", digest, AuthCardWire.PAIR))
                        .bytes(Checks.length("answer", answer, AuthCardWire.BLOCK)),
                in -> true);
    }
}
