package io.zhitong.keyvault.module.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.module.LegacyConformance;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The home in a token passes the suite of masters of 3DES, on SoftHSM, and refuses what belongs to SM. */
class Pkcs11ModuleTest implements LegacyConformance {
    private final CryptoModule module = reopened();

    @Override
    public CryptoModule module() {
        return module;
    }

    @Override
    public CryptoModule reopened() {
        return Pkcs11Module.open(TestToken.settings("2468"));
    }

    @AfterEach
    void close() {
        module.close();
    }

    private static void assertReason(ModuleRefusal reason, Executable work) {
        assertEquals(reason, assertThrows(ModuleException.class, work).reason());
    }

    @Test
    void signatures_of_sm2_are_refused_with_the_reason() {
        ModuleKey key = module.generate(KeyAlgorithm.TRIPLE_DES);
        assertReason(ModuleRefusal.ALGORITHM_NOT_SUPPORTED, () -> module.sign(key, new byte[1]));
        assertReason(ModuleRefusal.ALGORITHM_NOT_SUPPORTED, () -> module.publicKey(key));
        assertReason(
                ModuleRefusal.ALGORITHM_NOT_SUPPORTED, () -> module.verify(new byte[64], new byte[1], new byte[64]));
    }

    @Test
    void a_wrong_pin_opens_nothing_and_stands_in_no_message() {
        module.close();
        ModuleException refused =
                assertThrows(ModuleException.class, () -> Pkcs11Module.open(TestToken.settings("9753")));
        assertEquals(ModuleRefusal.NO_RIGHT, refused.reason());
        assertFalse(refused.getMessage().contains("9753"));
    }

    @Test
    void what_is_no_library_or_has_no_such_slot_is_refused(@TempDir Path folder) throws IOException {
        Path none = Files.writeString(folder.resolve("none.so"), "no library");
        SecretBytes pin = SecretBytes.takeOver("2468".getBytes(StandardCharsets.US_ASCII));
        assertReason(ModuleRefusal.LIBRARY, () -> Pkcs11Module.open(new Pkcs11Settings(none, 0, pin)));
        Path library = TestToken.settings("2468").library();
        assertReason(ModuleRefusal.LIBRARY, () -> Pkcs11Module.open(new Pkcs11Settings(library, 77, pin)));
        assertThrows(IllegalArgumentException.class, () -> new Pkcs11Settings(library, -1, pin));
    }

    /** The token's files are searched; a planted key in a file of the same folder is found first. */
    @Test
    void a_kept_key_lies_in_the_token_only_encrypted() throws IOException {
        String clear = "1f2e3d4c5b6a798897a6b5c4d3e2f101";
        module.wrapped(module.loadTripleDes(SecretBytes.takeOver(Hex.parse(clear))));
        String searched = new String(Hex.parse(clear), StandardCharsets.ISO_8859_1);
        String disk = TestToken.onDisk();
        assertTrue((disk + searched).contains(searched));
        assertFalse(disk.contains(searched));
        assertTrue(disk.length() > 100);
    }
}
