package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SoftModuleTest {
    private static final String CONTROL = "000102030405060708090a0b0c0d0e0f";

    private final SoftModule module = new SoftModule(RandomSource.secure());

    @TempDir
    Path folder;

    @Test
    void derived_keys_are_those_of_the_vectors_as_openssl_unwraps_them() throws IOException, InterruptedException {
        for (JsonNode one : Vectors.ofKind("diversify")) {
            List<byte[]> factors = new ArrayList<>();
            one.get("factors").forEach(factor -> factors.add(Hex.parse(factor.asString())));
            byte[] enc = module.deriveAndWrap(
                    key(CONTROL),
                    Hex.parse("3e01020304"),
                    new DerivedKey(load(one.get("master").asString()), factors),
                    new byte[0]);

            String expected = "15" + "3e01020304" + one.get("derived").asString() + "80" + "00".repeat(9);
            assertEquals(expected, decrypted(enc));
        }
    }

    @Test
    void kcv_is_the_vectors() {
        for (JsonNode one : Vectors.ofKind("kcv")) {
            assertEquals(
                    one.get("CMAC").asString(),
                    Hex.of(module.kcv(load(one.get("key").asString()))));
        }
    }

    @Test
    void purchase_tac_and_session_macs_are_the_vectors() {
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
    void secure_messaging_macs_are_the_vectors() {
        for (JsonNode one : Vectors.ofKind("secure-messaging-mac")) {
            byte[] iv = Arrays.copyOf(Vectors.hex(one, "challenge"), 16);
            byte[] mac = module.mac(key(one.get("key").asString()), iv, Vectors.hex(one, "command"));
            assertEquals(one.get("MAC").asString(), Hex.of(Arrays.copyOf(mac, 4)));
        }
    }

    @Test
    void wrong_sizes_and_foreign_keys_are_refused() {
        ModuleKey foreign = () -> {};
        DerivedKey bad = new DerivedKey(load(CONTROL), List.of(new byte[7]));

        assertThrows(IllegalArgumentException.class, () -> module.loadSm4(SecretBytes.takeOver(new byte[15])));
        assertThrows(IllegalArgumentException.class, () -> module.mac(bad, new byte[16], new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> module.kcv(foreign));
        assertThrows(IllegalArgumentException.class, () -> module.sign(load(CONTROL), new byte[1]));
    }

    @Test
    void closed_module_holds_no_key_any_more() {
        ModuleKey key = load(CONTROL);
        module.close();

        assertThrows(IllegalStateException.class, () -> module.kcv(key));
    }

    private void assertMac(JsonNode one, String field, DerivedKey key, byte[] data) {
        byte[] mac = module.mac(key, new byte[16], data);
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
        return module.loadSm4(SecretBytes.takeOver(Hex.parse(hex)));
    }

    private String decrypted(byte[] enc) throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("enc"), enc);
        Path out = folder.resolve("clear");
        int exit = OpenSsl.run(
                "enc", "-d", "-sm4-ecb", "-nopad", "-K", CONTROL, "-in", in.toString(), "-out", out.toString());
        assertEquals(0, exit);
        return Hex.of(Files.readAllBytes(out));
    }
}
