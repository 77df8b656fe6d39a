package io.zhitong.cardspec;

import static io.zhitong.cardspec.CardAlgorithm.SM4;
import static io.zhitong.cardspec.Vectors.hex;
import static io.zhitong.cardspec.Vectors.u16;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every formula of the purse against test-vectors/purse-sm4.json, which OpenSSL's SM4 made. */
class PurseVectorsTest {
    private static final String FILE = "purse-sm4.json";

    @Test
    void diversification_along_one_two_and_three_levels() {
        for (JsonNode c : Vectors.cases(FILE, "diversify")) {
            List<byte[]> factors = new ArrayList<>();
            c.get("factors").forEach(f -> factors.add(Hex.parse(f.asString())));
            assertArrayEquals(hex(c, "derived"), SM4.diversify(hex(c, "master"), factors));
        }
    }

    @Test
    void load_macs_and_tac() {
        for (JsonNode c : Vectors.cases(FILE, "load")) {
            byte[] session =
                    SM4.sessionKey(hex(c, "DLK"), PurseCryptograms.onlineSeed(hex(c, "random"), u16(c, "onlineSeq")));
            assertArrayEquals(hex(c, "sessionKey"), session);
            long old = c.get("oldBalance").asLong();
            long amount = c.get("amount").asLong();
            TransactionType type = type(c);
            byte[] terminal = hex(c, "terminal");
            assertArrayEquals(
                    hex(c, "MAC1"), SM4.mac4(session, PurseCryptograms.loadMac1(old, amount, type, terminal)));
            assertArrayEquals(
                    hex(c, "MAC2"), SM4.mac4(session, PurseCryptograms.hostMac(amount, type, terminal, time(c))));
            byte[] tac = PurseCryptograms.loadTac(old + amount, u16(c, "onlineSeq"), amount, type, terminal, time(c));
            assertArrayEquals(hex(c, "TAC"), SM4.tac4(hex(c, "DTK"), tac));
        }
    }

    @Test
    void purchase_cash_and_compound_purchase_macs_and_tac() {
        for (String kind : List.of("purchase", "cash", "capp")) {
            for (JsonNode c : Vectors.cases(FILE, kind)) {
                long terminalSeq = Long.parseLong(c.get("terminalSeq").asString(), 16);
                byte[] seed = PurseCryptograms.offlineSeed(hex(c, "random"), u16(c, "offlineSeq"), terminalSeq);
                byte[] session = SM4.sessionKey(hex(c, "DPK"), seed);
                assertArrayEquals(hex(c, "sessionKey"), session);
                long amount = c.get("amount").asLong();
                byte[] mac1 = PurseCryptograms.hostMac(amount, type(c), hex(c, "terminal"), time(c));
                assertArrayEquals(hex(c, "MAC1"), SM4.mac4(session, mac1));
                assertArrayEquals(hex(c, "MAC2"), SM4.mac4(session, PurseCryptograms.purchaseMac2(amount)));
                byte[] tac = PurseCryptograms.purchaseTac(amount, type(c), hex(c, "terminal"), terminalSeq, time(c));
                assertArrayEquals(hex(c, "TAC"), SM4.tac4(hex(c, "DTK"), tac));
            }
        }
    }

    @Test
    void unload_and_overdraft() {
        JsonNode u = Vectors.cases(FILE, "unload").get(0);
        byte[] session =
                SM4.sessionKey(hex(u, "DULK"), PurseCryptograms.onlineSeed(hex(u, "random"), u16(u, "onlineSeq")));
        long left = u.get("oldBalance").asLong() - u.get("amount").asLong();
        byte[] mac3 = PurseCryptograms.loadTac(
                left,
                u16(u, "onlineSeq"),
                u.get("amount").asLong(),
                TransactionType.UNLOAD,
                hex(u, "terminal"),
                time(u));
        assertArrayEquals(hex(u, "MAC3"), SM4.mac4(session, mac3));
        JsonNode o = Vectors.cases(FILE, "overdraft").get(0);
        byte[] key = SM4.sessionKey(hex(o, "DUK"), PurseCryptograms.onlineSeed(hex(o, "random"), u16(o, "onlineSeq")));
        int limit = o.get("newLimit").asInt();
        byte[] terminal = hex(o, "terminal");
        assertArrayEquals(
                hex(o, "MAC1"),
                SM4.mac4(
                        key,
                        PurseCryptograms.overdraftMac1(
                                o.get("oldBalance").asLong(), o.get("oldLimit").asInt(), terminal)));
        assertArrayEquals(hex(o, "MAC2"), SM4.mac4(key, PurseCryptograms.overdraftMac2(limit, terminal, time(o))));
        byte[] tac = PurseCryptograms.overdraftTac(
                o.get("newBalance").asLong(), u16(o, "onlineSeq"), limit, terminal, time(o));
        assertArrayEquals(hex(o, "TAC"), SM4.tac4(hex(o, "DTK"), tac));
    }

    @Test
    void secure_messaging_macs_encryption_and_protected_answers() {
        for (JsonNode c : Vectors.cases(FILE, "secure-messaging-mac")) {
            byte[] command = hex(c, "command");
            byte[] mac = SecureMessaging.commandMac(
                    SM4,
                    hex(c, "key"),
                    hex(c, "challenge"),
                    Arrays.copyOf(command, 4),
                    Arrays.copyOfRange(command, 5, command.length));
            assertArrayEquals(hex(c, "MAC"), mac);
        }
        for (JsonNode c : Vectors.cases(FILE, "secure-messaging-encrypted")) {
            CommandApdu plain = CommandApdu.of(0x04, 0xD6, 0x95, 0x00).with(hex(c, "plain"));
            CommandApdu sealed = SecureMessaging.protectEncrypted(SM4, hex(c, "key"), hex(c, "challenge"), plain);
            assertArrayEquals(hex(c, "command"), sealed.encode());
            byte[] enc = Arrays.copyOf(sealed.data(), sealed.data().length - 4);
            assertArrayEquals(hex(c, "plain"), SecureMessaging.decrypt(SM4, hex(c, "key"), enc));
        }
        JsonNode read = Vectors.cases(FILE, "protected-read-answer").get(0);
        assertArrayEquals(
                hex(read, "MAC"),
                SecureMessaging.answerMac(SM4, hex(read, "key"), hex(read, "challenge"), hex(read, "data")));
    }

    @Test
    void kcv_by_cmac_and_by_ecb() {
        JsonNode c = Vectors.cases(FILE, "kcv").get(0);
        assertArrayEquals(hex(c, "CMAC"), Arrays.copyOf(Sm4.cmac(hex(c, "key"), new byte[16]), 3));
        assertArrayEquals(hex(c, "ECB"), Arrays.copyOf(Sm4.encryptBlock(hex(c, "key"), new byte[16]), 3));
    }

    /** Traces of real FM1208 cards: test-vectors/purse-3des.json C2 and E. */
    @Test
    void triple_des_agrees_with_a_real_card() {
        byte[] dlk = Hex.parse("00112233445566778899AABBCCDDEEFF");
        CardAlgorithm des = CardAlgorithm.TRIPLE_DES;
        byte[] session = des.sessionKey(dlk, Hex.parse("C903814D00008000"));
        assertEquals("11fdf264e8aeefa3", Hex.of(session));
        byte[] terminal = Hex.parse("001122334455");
        byte[] mac1 = PurseCryptograms.loadMac1(0, 0x2000, TransactionType.EP_LOAD, terminal);
        assertEquals("03976c22", Hex.of(des.mac4(session, mac1)));
        CardTime time = new CardTime(Hex.parse("20161216105800"));
        byte[] tac = PurseCryptograms.loadTac(0x2000, 0, 0x2000, TransactionType.EP_LOAD, terminal, time);
        assertEquals("fa00066d", Hex.of(des.tac4(dlk, tac)));
        assertEquals("496bd7a3513644533100b54e71196528", Hex.of(des.diversify(dlk, Hex.parse("1122334455667788"))));
    }

    /** purse-3des.json G1: a key written encrypted under a single DES key. */
    @Test
    void single_des_secure_messaging_agrees_with_a_real_card() {
        byte[] key = Hex.parse("FFFFFFFFFFFFFFFF");
        byte[] plain = Hex.parse("F9F0F0AAFF1122334455667788");
        byte[] block = new ByteWriter().u8(plain.length).bytes(plain).toByteArray();
        assertEquals("0df9f0f0aaff1122334455667788", Hex.of(block));
        CommandApdu command = CommandApdu.of(0x84, 0xD4, 0x01, 0x02).with(plain);
        assertEquals(
                "84d40102147c87bc23140021b3afea67e6359ddcfed7c943f6",
                Hex.of(SecureMessaging.protectEncrypted(CardAlgorithm.TRIPLE_DES, key, Hex.parse("4C45BAB9"), command)
                        .encode()));
    }

    /** purse-3des.json D: a 16-byte key makes its MAC by ISO 9797-1 algorithm 3. */
    @Test
    void two_key_des_secure_messaging_agrees_with_a_real_psam() {
        byte[] key = Hex.parse("00112233445566778899AABBCCDDEEFF");
        CommandApdu command =
                CommandApdu.of(0x84, 0xD4, 0, 0).with(Hex.parse("220000 00112233445566778899AABBCCDDEEFF"));
        assertEquals(
                "84d400001cdcc0bb5793abfca2ca8c1624822f6e01a86a0b5cbed191dd8a9d4adb",
                Hex.of(SecureMessaging.protectEncrypted(CardAlgorithm.TRIPLE_DES, key, Hex.parse("5D72B3FD"), command)
                        .encode()));
    }

    @Test
    void encrypted_data_with_broken_length_or_padding_are_refused() {
        byte[] key = new byte[16];
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(SM4, key, new byte[0]));
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(SM4, key, new byte[15]));
        byte[] longLength = Sm4.ecbEncrypt(key, Hex.parse("10000000000000000000000000000000"));
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(SM4, key, longLength));
        byte[] noPadding = Sm4.ecbEncrypt(key, Hex.parse("01ff0000000000000000000000000000"));
        assertThrows(MalformedInput.class, () -> SecureMessaging.decrypt(SM4, key, noPadding));
    }

    private static TransactionType type(JsonNode c) {
        return TransactionType.of(Integer.parseInt(c.get("type").asString(), 16));
    }

    private static CardTime time(JsonNode c) {
        return new CardTime(Hex.parse(c.get("date").asString() + c.get("time").asString()));
    }
}
