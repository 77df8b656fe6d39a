package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * A custodian's authentication card as the vault knows it (认证卡). On the wire: custodian 1 ‖ serial 10 ‖ left 2.
 *
 * @param custodian whose it is
 * @param serial of the card
 * @param left challenges that are not spent yet
 */
public record AuthenticationCard(int custodian, byte[] serial, int left) {
    public AuthenticationCard {
        Checks.range("custodian", custodian, 1, Custodian.MOST);
        serial = Checks.length("card serial", serial, 10);
        Checks.range("challenges left", left, 0, AuthenticationCards.MOST_PAIRS);
    }

    @Override
    public byte[] serial() {
        return serial.clone();
    }

    void encode(ByteWriter out) {
        out.u8(custodian).bytes(serial).u16(left);
    }

    static AuthenticationCard decode(ByteReader in) {
        return new AuthenticationCard(in.u8(), in.bytes(10), in.u16());
    }
}
