package io.zhitong.keyvault.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyvault.OpenSsl;
import io.zhitong.keyvault.Vectors;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** SM4 and SM2, and bought cards of 3DES below masters of SM4: what a home for the whole hierarchy does. */
public interface SmConformance extends BasicConformance {
    String CONTROL = "000102030405060708090a0b0c0d0e0f";
    byte[] CARD = Hex.parse("4403000000000017");

    @Test
    default void derived_keys_are_those_of_the_vectors_as_openssl_unwraps_them(@TempDir Path folder)
            throws IOException, InterruptedException {
        for (JsonNode one : Vectors.ofKind("diversify")) {
            List<byte[]> factors = new ArrayList<>();
            one.get("factors").forEach(factor -> factors.add(Hex.parse(factor.asString())));
            byte[] enc = module().deriveAndWrap(
                            key(CONTROL),
                            Hex.parse("3e01020304"),
                            new DerivedKey(load(one.get("master").asString()), factors),
                            new byte[0]);

            String expected = "15" + "3e01020304" + one.get("derived").asString() + "80" + "00".repeat(9);
            assertEquals(expected, decrypted(folder, enc));
        }
    }

    @Test
    default void kcv_is_the_vectors() {
        for (JsonNode one : Vectors.ofKind("kcv")) {
            assertEquals(
                    one.get("CMAC").asString(),
                    Hex.of(module().kcv(load(one.get("key").asString()))));
        }
    }

    @Test
    default void purchase_tac_and_session_macs_are_the_vectors() {
        for (JsonNode one : Vectors.ofKind("purchase")) {
            byte[] amount = amount(one);
            byte[] tail = new ByteWriter()
                    .bytes(Vectors.hex(one, "date"))
                    .bytes(Vectors.hex(one, "time"))
                    .toByteArray();
            byte[] type = Vectors.hex(one, "type");
            byte[] terminal = Vectors.hex(one, "terminal");
            byte[] termSeq = Vectors.hex(one, "terminalSeq");
            byte[] seed =
                    join(Vectors.hex(one, "random"), Vectors.hex(one, "offlineSeq"), Arrays.copyOfRange(termSeq, 2, 4));
            DerivedKey session = key(one.get("DPK").asString()).then(seed);

            assertMac(one, "TAC", key(one.get("DTK").asString()), join(amount, type, terminal, termSeq, tail));
            assertMac(one, "MAC1", session, join(amount, type, terminal, tail));
            assertMac(one, "MAC2", session, amount);
        }
    }

    @Test
    default void secure_messaging_macs_are_the_vectors() {
        for (JsonNode one : Vectors.ofKind("secure-messaging-mac")) {
            byte[] iv = Arrays.copyOf(Vectors.hex(one, "challenge"), 16);
            byte[] mac = module().mac(key(one.get("key").asString()), iv, Vectors.hex(one, "command"));
            assertEquals(one.get("MAC").asString(), Hex.of(Arrays.copyOf(mac, 4)));
        }
    }

    @Test
    default void bought_card_below_masters_of_sm4_is_served_in_3des() {
        DerivedKey card = key(CONTROL).then(FACTOR).thenCard(CARD);
        byte[] master = Sm4.encryptBlock(Hex.parse(CONTROL), Hex.parse("4403ff0000000000bbfc00ffffffffff"));
        byte[] own = CardDes.down(master, CARD);
        byte[] data = Hex.parse("84d401001c000102030405060708090a0b");

        assertEquals(Hex.of(CardDes.mac(own, new byte[16], data)), Hex.of(module().mac(card, new byte[16], data)));
        assertEquals(Hex.of(CardDes.encryptBlock(own, CARD)), Hex.of(module().encryptBlock(card, CARD)));
        assertEquals(
                Hex.of(CardDes.mac(CardDes.halvesAdded(own), new byte[16], data)),
                Hex.of(module().mac(card.halvesAdded(), new byte[16], data)));
        assertEquals(
                Hex.of(CardDes.ecb(own, KeySteps.record(new byte[5], own, new byte[0], 8))),
                Hex.of(module().deriveAndWrap(card, new byte[5], card, new byte[0])));
    }

    @Test
    default void signature_is_good_for_openssl_and_for_verify_and_for_nothing_else(@TempDir Path folder)
            throws IOException, InterruptedException {
        byte[] message = "二号楼".getBytes(StandardCharsets.UTF_8);
        ModuleKey key = module().generate(KeyAlgorithm.SM2);
        byte[] point = module().publicKey(key);
        byte[] signature = module().sign(key, message);

        Path pem = Files.writeString(folder.resolve("key.pem"), pem(point));
        Path der = Files.write(folder.resolve("sig"), Sm2.toDer(signature));
        assertTrue(OpenSsl.verifies(pem, der, Files.write(folder.resolve("message"), message)));
        assertFalse(OpenSsl.verifies(pem, der, Files.write(folder.resolve("message"), new byte[] {1})));

        assertTrue(module().verify(point, message, signature));
        assertFalse(module().verify(point, new byte[] {1}, signature));
        signature[63] ^= 1;
        assertFalse(module().verify(point, message, signature));
        assertFalse(module().verify(point, message, new byte[64]));
        assertFalse(module().verify(point, message, new byte[63]));
        assertFalse(module().verify(module().publicKey(module().generate(KeyAlgorithm.SM2)), message, signature));
    }

    @Test
    default void a_signature_over_two_megabytes_and_over_nothing_verifies() {
        ModuleKey key = module().generate(KeyAlgorithm.SM2);
        for (byte[] message : List.of(new byte[0], new byte[1], new byte[2 << 20])) {
            byte[] signature = module().sign(key, message);
            assertTrue(Sm2.verify(Sm2PublicKey.decode(module().publicKey(key)), message, signature));
        }
    }

    @Test
    default void a_loaded_key_comes_back_from_its_blob_after_a_restart() {
        String kcv = Hex.of(module().kcv(load(CONTROL)));
        byte[] blob = module().wrapped(load(CONTROL));
        try (CryptoModule later = reopened()) {
            assertEquals(kcv, Hex.of(later.kcv(later.importWrapped(blob))));
        }
        assertFalse(Hex.of(blob).contains(CONTROL));
    }

    @Test
    default void wrong_sizes_and_keys_of_the_wrong_kind_are_refused() {
        DerivedKey bad = new DerivedKey(load(CONTROL), List.of(new byte[7]));

        assertThrows(IllegalArgumentException.class, () -> module().loadSm4(SecretBytes.takeOver(new byte[15])));
        assertThrows(IllegalArgumentException.class, () -> module().mac(bad, new byte[16], new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> module().sign(load(CONTROL), new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> module().kcv(module().generate(KeyAlgorithm.SM2)));
        assertThrows(IllegalArgumentException.class, () -> module().encryptBlock(key(CONTROL), new byte[15]));
    }

    private void assertMac(JsonNode one, String field, DerivedKey key, byte[] data) {
        byte[] mac = module().mac(key, new byte[16], data);
        assertEquals(one.get(field).asString(), Hex.of(Arrays.copyOf(mac, 4)), field);
    }

    private static byte[] amount(JsonNode one) {
        return new ByteWriter().u32(one.get("amount").asLong()).toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteWriter out = new ByteWriter();
        for (byte[] part : parts) {
            out.bytes(part);
        }
        return out.toByteArray();
    }

    private DerivedKey key(String hex) {
        return new DerivedKey(load(hex), List.of());
    }

    private ModuleKey load(String hex) {
        return module().loadSm4(SecretBytes.takeOver(Hex.parse(hex)));
    }

    /** SubjectPublicKeyInfo of the curve sm2p256v1. */
    private static String pem(byte[] point) {
        byte[] der = Hex.parse("3059301306072a8648ce3d020106082a811ccf5501822d03420004" + Hex.of(point));
        String body = Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    private static String decrypted(Path folder, byte[] enc) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("enc"), enc);
        Path out = folder.resolve("clear");
        int exit = OpenSsl.run(
                "enc", "-d", "-sm4-ecb", "-nopad", "-K", CONTROL, "-in", in.toString(), "-out", out.toString());
        assertEquals(0, exit);
        return Hex.of(Files.readAllBytes(out));
    }
}
