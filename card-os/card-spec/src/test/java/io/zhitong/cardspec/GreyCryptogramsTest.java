package io.zhitong.cardspec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.smcrypto.Hex;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literals computed once with the openssl command (sm4-ecb; des-ede3, whose three equal parts make single DES). */
class GreyCryptogramsTest {
    private static final byte[] KEY = HexFormat.of().parseHex("3e0102030405060708090a0b0c0d0e0f");
    private static final byte[] TERMINAL = HexFormat.of().parseHex("440300000001");
    private static final CardTime TIME = new CardTime(HexFormat.of().parseHex("20261121120000"));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "SM4, cf7869438273f08c778c9f9c7cb2eaa0, 4408ac92, a9bd593a",
        "TRIPLE_DES, 9400fa8d4b41e709, 894dd479, 5f4bbc3f"
    })
    void lock_key_and_its_macs(CardAlgorithm algorithm, String key, String mac1, String mac2) {
        byte[] session = GreyCryptograms.lockKey(algorithm, KEY, bytes("a1a2a3a4"), 7, 0xDEADBEEFL, bytes("f1f2f3f4"));
        assertEquals(key, Hex.of(session));
        byte[] covered = GreyCryptograms.lockMac1(TransactionType.EP_GREY_LOCK, TERMINAL, TIME);
        assertEquals("92" + "440300000001" + "20261121120000", Hex.of(covered));
        assertEquals(mac1, Hex.of(algorithm.mac4(session, covered)));
        assertEquals(mac2, Hex.of(algorithm.mac4(session, GreyCryptograms.lockMac2(1_000, 7))));
    }

    @ParameterizedTest
    @CsvSource({"SM4, a677c8cf6a390877394b22ba1604572f, 2a903d60", "TRIPLE_DES, 830b061c33578bf5, 3e314f32"})
    void debit_key_and_gmac(CardAlgorithm algorithm, String key, String gmac) {
        byte[] session = GreyCryptograms.debitKey(algorithm, KEY, 7, TERMINAL);
        assertEquals(key, Hex.of(session));
        assertEquals(
                gmac, Hex.of(algorithm.mac4(session, GreyCryptograms.debitMac(250, TransactionType.EP_GREY_DEBIT))));
    }

    @ParameterizedTest
    @CsvSource("340102030405060708090a0b0c0d0e0f, dcbc9d74")
    void gtac_and_what_the_hosts_mac1_covers(String dtk, String gtac) {
        byte[] covered = GreyCryptograms.lockTac(1_000, 7, TransactionType.EP_GREY_LOCK, TERMINAL, 0x0000BEEFL, TIME);
        assertEquals("000003e8" + "0007" + "92" + "440300000001" + "0000beef" + "20261121120000", Hex.of(covered));
        assertEquals(gtac, Hex.of(CardAlgorithm.SM4.tac4(bytes(dtk), covered)));
        assertEquals(
                "000003e8" + "0008" + "96" + "440300000001",
                Hex.of(GreyCryptograms.unlockMac1(1_000, 8, TransactionType.EP_GREY_UNLOCK, TERMINAL)));
    }
}
