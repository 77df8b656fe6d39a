package io.zhitong.personalisation;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.LocalDate;
import java.time.ZoneId;

/** Orders of a community in Shenzhen. */
final class TestOrders {
    static final byte[] CITY = Hex.parse("4403ff0000000000");
    static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    static final LocalDate TO = LocalDate.of(2035, 12, 31);
    static final byte[] TERMINAL = Hex.parse("440300000043");

    private TestOrders() {}

    static CardOrder card(String serial8, String name, Sm2PublicKey issuer) {
        var purse = new PurseData(
                Hex.parse("4403440300010000"),
                1,
                1,
                Hex.parse("0000" + serial8),
                Hex.parse("20260101"),
                Hex.parse("20351231"),
                0x0101);
        return new CardOrder(
                CITY, COMMUNITY, ZONE, purse, name, CredentialNumber.parse(serial8), FROM, TO, 1, 1, issuer);
    }

    static SamOrder sam(SamOrder.Kind kind) {
        return new SamOrder(kind, CITY, COMMUNITY, Hex.parse("00004403990000000001"), TERMINAL, 1);
    }
}
