package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** test-vectors/sm-algorithms.json: ours and the openssl command must both reach every published value. */
class PublishedVectorsTest {
    private static final Path FILE = Path.of(System.getProperty("zhitong.root"), "test-vectors", "sm-algorithms.json");

    @TempDir
    private Path dir;

    private static List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        JsonMapper.builder().build().readTree(FILE.toFile()).get("cases").forEach(cases::add);
        return cases;
    }

    @Test
    void every_algorithm_has_an_example_with_its_source() {
        var kinds = new TreeSet<String>();
        for (JsonNode each : cases()) {
            kinds.add(each.get("kind").stringValue());
            assertTrue(each.get("source").stringValue().length() > 5);
        }
        assertEquals(
                "[hmac-sm3, sm2-encryption, sm2-kdf, sm2-key, sm2-signature, sm3, sm4-cbc, sm4-cbc-mac, sm4-ccm, sm4-cmac, "
                        + "sm4-ctr, sm4-ecb, sm4-gcm, sm4-repeated]",
                kinds.toString());
    }

    @TestFactory
    Stream<DynamicTest> published_value_is_ours_and_that_of_openssl() {
        return cases().stream()
                .map(each -> dynamicTest(
                        each.get("kind").stringValue() + ": "
                                + each.get("source").stringValue(),
                        () -> check(each)));
    }

    private void check(JsonNode v) {
        switch (v.get("kind").stringValue()) {
            case "sm3" -> both(v, "hash", Sm3.hash(hex(v, "message")), SmWitness.sm3(hex(v, "message")));
            case "hmac-sm3" ->
                both(
                        v,
                        "mac",
                        Sm3.hmac(hex(v, "key"), hex(v, "message")),
                        SmWitness.hmac(hex(v, "key"), hex(v, "message")));
            case "sm2-kdf" ->
                both(
                        v,
                        "derived",
                        Sm2.kdf(hex(v, "z"), hex(v, "derived").length),
                        SmWitness.kdf(hex(v, "z"), hex(v, "derived").length));
            case "sm2-key", "sm2-signature", "sm2-encryption" -> checkSm2(v);
            case "sm4-cmac", "sm4-cbc-mac" -> checkMac(v, hex(v, "key"), hex(v, "message"));
            case "sm4-gcm", "sm4-ccm" -> checkAead(v, hex(v, "key"), hex(v, "iv"), hex(v, "aad"), hex(v, "plain"));
            default -> checkMode(v, hex(v, "key"), hex(v, "plain"));
        }
    }

    private static void checkMode(JsonNode v, byte[] key, byte[] plain) {
        switch (v.get("kind").stringValue()) {
            case "sm4-ecb" -> {
                both(v, "cipher", Sm4.ecbEncrypt(key, plain), SmWitness.ecb(key, plain));
                assertEquals(Hex.of(plain), Hex.of(Sm4.ecbDecrypt(key, hex(v, "cipher"))));
            }
            case "sm4-cbc" -> {
                byte[] iv = hex(v, "iv");
                both(v, "cipher", Sm4.cbcEncrypt(key, iv, plain), SmWitness.cbc(key, iv, plain));
                assertEquals(Hex.of(plain), Hex.of(Sm4.cbcDecrypt(key, iv, hex(v, "cipher"))));
            }
            case "sm4-ctr" ->
                both(v, "cipher", Sm4.ctr(key, hex(v, "iv"), plain), SmWitness.ctr(key, hex(v, "iv"), plain));
            case "sm4-repeated" -> {
                byte[] block = plain;
                Sm4Cipher cipher = new Sm4Cipher(key);
                for (int i = 0; i < v.get("rounds").intValue(); i++) {
                    block = cipher.encryptBlock(block);
                }
                both(
                        v,
                        "cipher",
                        block,
                        SmWitness.repeated(key, plain, v.get("rounds").intValue()));
            }
            default -> throw new AssertionError("no witness for " + v.get("kind"));
        }
    }

    private static void checkMac(JsonNode v, byte[] key, byte[] message) {
        int length = hex(v, "mac").length;
        boolean cmac = v.get("kind").stringValue().equals("sm4-cmac");
        byte[] ours = cmac ? Sm4.cmac(key, message) : Sm4.cbcMac(key, new byte[16], message);
        byte[] theirs = cmac ? SmWitness.cmac(key, message) : SmWitness.cbcMac(key, message);
        both(v, "mac", Arrays.copyOf(ours, length), Arrays.copyOf(theirs, length));
    }

    private static void checkAead(JsonNode v, byte[] key, byte[] iv, byte[] aad, byte[] plain) {
        boolean gcm = v.get("kind").stringValue().equals("sm4-gcm");
        Sm4Aead mode = gcm ? Sm4Aead.GCM : Sm4Aead.CCM;
        byte[] sealed = mode.seal(key, iv, aad, plain, 16);
        byte[] theirs = gcm ? SmWitness.gcm(key, iv, aad, plain) : SmWitness.ccm(key, iv, aad, plain, 16);
        assertEquals(Hex.of(sealed), Hex.of(theirs));
        assertEquals(v.get("cipher").stringValue() + v.get("tag").stringValue(), Hex.of(sealed));
        assertEquals(Hex.of(plain), Hex.of(mode.open(key, iv, aad, sealed, 16)));
    }

    private void checkSm2(JsonNode v) {
        var witness = new SmWitness(dir);
        switch (v.get("kind").stringValue()) {
            case "sm2-key" ->
                both(v, "point", Sm2PrivateKey.of(hex(v, "scalar")).publicKey().xy(), witness.point(hex(v, "scalar")));
            case "sm2-encryption" ->
                both(
                        v,
                        "plain",
                        Sm2Encryption.decrypt(Sm2PrivateKey.of(hex(v, "scalar")), hex(v, "cipher")),
                        witness.decrypted(hex(v, "scalar"), hex(v, "cipher")));
            default -> {
                Sm2PublicKey key = Sm2PublicKey.decode(hex(v, "point"));
                byte[] id = hex(v, "identity");
                byte[] message = hex(v, "message");
                byte[] za = Sm2.za(key, id);
                assertEquals(v.get("za").stringValue(), Hex.of(za));
                both(
                        v,
                        "e",
                        Sm3.hash(za, message),
                        SmWitness.sm3(new ByteWriter().bytes(za).bytes(message).toByteArray()));
                assertTrue(Sm2.fault(key, id, message, hex(v, "signature")).isEmpty());
                assertTrue(witness.verifies(key, id, message, hex(v, "signature")));
            }
        }
    }

    private static void both(JsonNode v, String field, byte[] ours, byte[] theirs) {
        assertEquals(v.get(field).stringValue(), Hex.of(ours), "ours");
        assertEquals(v.get(field).stringValue(), Hex.of(theirs), "openssl");
    }

    private static byte[] hex(JsonNode v, String field) {
        return Hex.parse(v.get(field).stringValue());
    }
}
