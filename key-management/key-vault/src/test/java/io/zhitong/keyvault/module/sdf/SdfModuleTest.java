package io.zhitong.keyvault.module.sdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleKey;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.keyvault.module.SmConformance;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The home in a device passes the whole suite of SM4 and SM2 on a device written in C, and survives that device's faults. */
class SdfModuleTest implements SmConformance {
    private static final String PIN = "12345678";
    private static final byte[] IV = Hex.parse("0f0e0d0c0b0a09080706050403020100");

    private CryptoModule module = open();

    private static CryptoModule open() {
        TestDevice.control().zt_sdf_faults("");
        return SdfModule.open(TestDevice.settings(PIN));
    }

    @Override
    public CryptoModule module() {
        return module;
    }

    @Override
    public CryptoModule reopened() {
        return SdfModule.open(TestDevice.settings(PIN));
    }

    @BeforeEach
    void noFaults() {
        faults("");
    }

    @AfterEach
    void close() {
        faults("");
        module.close();
    }

    private static void faults(String names) {
        TestDevice.control().zt_sdf_faults(names);
    }

    private static void assertReason(ModuleRefusal reason, Executable work) {
        ModuleException refused = assertThrows(ModuleException.class, work);
        assertEquals(reason, refused.reason(), refused.getMessage());
    }

    private ModuleKey load(String hex) {
        return module.loadSm4(SecretBytes.takeOver(Hex.parse(hex)));
    }

    private byte[] mac(ModuleKey key) {
        return module.mac(new DerivedKey(key, List.of()), IV, new byte[40]);
    }

    @Test
    void lost_sessions_and_a_lost_device_are_opened_anew_and_the_same_key_answers_the_same() {
        ModuleKey key = module.generate(KeyAlgorithm.SM4);
        ModuleKey pair = module.generate(KeyAlgorithm.SM2);
        byte[] before = mac(key);
        for (int device = 0; device < 2; device++) {
            TestDevice.control().zt_sdf_lose(device);
            assertArrayEquals(before, mac(key));
            assertTrue(module.verify(module.publicKey(pair), IV, module.sign(pair, IV)));
        }
    }

    @Test
    void sessions_that_die_again_and_again_cost_time_and_nothing_else() {
        ModuleKey key = load(CONTROL);
        byte[] before = mac(key);
        faults("sessions-lost");
        for (int i = 0; i < 60; i++) {
            assertArrayEquals(before, mac(key));
        }
        faults("");
        assertTrue(TestDevice.control().zt_sdf_open_sessions() <= 8);
    }

    @Test
    void a_device_that_is_gone_for_good_is_reported_as_lost() {
        ModuleKey key = load(CONTROL);
        faults("dead");
        TestDevice.control().zt_sdf_lose(1);
        assertReason(ModuleRefusal.DEVICE_LOST, () -> mac(key));
        assertReason(ModuleRefusal.DEVICE_LOST, this::reopened);
    }

    @Test
    void the_callers_iv_stays_as_it_was_though_the_device_writes_the_next_one_back() {
        byte[] iv = IV.clone();
        byte[] mac = module.mac(new DerivedKey(load(CONTROL), List.of()), iv, new byte[40]);
        assertArrayEquals(IV, iv);
        assertEquals(Hex.of(Sm4.cbcMac(Hex.parse(CONTROL), IV, new byte[40])), Hex.of(mac));
    }

    @Test
    void answers_of_a_wrong_shape_are_not_used() {
        ModuleKey key = load(CONTROL);
        ModuleKey pair = module.generate(KeyAlgorithm.SM2);
        faults("mac-short");
        assertReason(ModuleRefusal.WRONG_RESULT, () -> mac(key));
        faults("pads");
        assertReason(ModuleRefusal.WRONG_RESULT, () -> module.kcv(key));
        faults("left-aligned");
        assertReason(ModuleRefusal.WRONG_RESULT, () -> module.sign(pair, IV));
        assertReason(ModuleRefusal.WRONG_RESULT, this::reopened);
    }

    @Test
    void a_wrong_password_gives_no_right_and_stands_in_no_message() {
        try (CryptoModule other = SdfModule.open(TestDevice.settings("87654321"))) {
            ModuleException refused =
                    assertThrows(ModuleException.class, () -> other.sign(other.generate(KeyAlgorithm.SM2), IV));
            assertEquals(ModuleRefusal.NO_RIGHT, refused.reason());
            assertFalse(refused.getMessage().contains("8765"), refused.getMessage());
        }
    }

    @Test
    void a_device_whose_wrapped_key_is_another_key_is_found_out() {
        faults("kek-wrong");
        ModuleKey key = module.generate(KeyAlgorithm.SM4);
        assertReason(ModuleRefusal.FOREIGN_BLOB, () -> mac(key));
    }

    @Test
    void a_master_is_not_given_out_and_one_step_below_it_is() {
        DerivedKey master = new DerivedKey(load(CONTROL), List.of());
        byte[] head = new byte[5];
        assertReason(
                ModuleRefusal.OPERATION_NOT_SUPPORTED,
                () -> module.deriveAndWrap(master.then(FACTOR), head, master, new byte[0]));
        assertReason(
                ModuleRefusal.OPERATION_NOT_SUPPORTED, () -> module.encryptBlock(master.thenCard(FACTOR), new byte[8]));
        assertEquals(32, module.deriveAndWrap(master, head, master.then(FACTOR), new byte[0]).length);
    }

    @Test
    void a_private_scalar_from_outside_is_refused_because_the_device_makes_its_own() {
        assertReason(ModuleRefusal.OPERATION_NOT_SUPPORTED, () -> module.loadSm2(SecretBytes.takeOver(new byte[32])));
    }

    @Test
    void keys_leave_the_device_when_they_are_destroyed_and_when_the_module_closes() {
        int others = TestDevice.control().zt_sdf_keys();
        ModuleKey key = load(CONTROL);
        mac(key);
        assertEquals(others + 1, TestDevice.control().zt_sdf_keys());
        key.close();
        assertEquals(others, TestDevice.control().zt_sdf_keys());

        module.encryptBlock(new DerivedKey(load(CONTROL), List.of(FACTOR, FACTOR, CARD)), new byte[16]);
        assertEquals(others + 1, TestDevice.control().zt_sdf_keys(), "derived keys are gone, the master is there");
        module.close();
        assertEquals(others, TestDevice.control().zt_sdf_keys());
    }

    @Test
    void a_library_without_a_function_and_a_file_that_is_no_library_are_named(@TempDir Path folder) throws IOException {
        Path lacking = TestDevice.build("liblacking.so", "-DWITHOUT_EXTERNAL_VERIFY");
        ModuleException missing =
                assertThrows(ModuleException.class, () -> SdfModule.open(TestDevice.settings(lacking, PIN)));
        assertEquals(ModuleRefusal.LIBRARY, missing.reason());
        assertTrue(missing.getMessage().contains("SDF_ExternalVerify_ECC"), missing.getMessage());

        Path none = Files.writeString(folder.resolve("none.so"), "no library");
        assertReason(ModuleRefusal.LIBRARY, () -> SdfModule.open(TestDevice.settings(none, PIN)));
    }

    @Test
    void the_device_says_who_made_it() {
        assertTrue(
                module.attest().contains("test device, protects nothing, testsdf, serial 2026010100000001"),
                module.attest());
    }

    @Test
    void indexes_outside_two_bytes_are_refused() {
        SecretBytes pin = SecretBytes.takeOver(new byte[8]);
        assertThrows(IllegalArgumentException.class, () -> new SdfSettings(Path.of("x"), pin, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SdfSettings(Path.of("x"), pin, 1, 65_536));
    }
}
