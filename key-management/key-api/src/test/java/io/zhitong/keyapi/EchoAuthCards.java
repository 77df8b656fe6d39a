package io.zhitong.keyapi;

import io.zhitong.smcrypto.Hex;
import java.util.List;

/** Authentication cards that note what was asked and always answer the same. */
final class EchoAuthCards implements AuthenticationCards {
    static final AuthenticationCard CARD = new AuthenticationCard(3, Hex.parse("00004403990400000003"), 64);

    private final List<String> asked;

    EchoAuthCards(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public List<AuthenticationCard> cards() {
        return List.of(CARD);
    }

    @Override
    public AuthenticationCard enrol(CustodyPerson custodian, CustodyPerson witness, byte[] serial, List<byte[]> pairs) {
        asked.add("enrol " + custodian.name() + " " + witness.name() + " " + Hex.of(serial) + " " + pairs.size() + " "
                + Hex.of(pairs.get(0)));
        return CARD;
    }

    @Override
    public byte[] challenge(int custodian) {
        asked.add("challenge " + custodian);
        return Hex.parse("c0".repeat(16));
    }

    @Override
    public void prove(int custodian, byte[] digest, byte[] answer) {
        asked.add("prove " + custodian + " " + Hex.of(digest) + " " + Hex.of(answer));
    }
}
