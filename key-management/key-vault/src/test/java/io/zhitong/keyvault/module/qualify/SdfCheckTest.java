package io.zhitong.keyvault.module.qualify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.PointerByReference;
import io.zhitong.keyvault.module.sdf.SdfLibrary;
import io.zhitong.keyvault.module.sdf.TestDevice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every deviation planted in the test device is found by the check that is for it, and without any there is nothing to find. */
class SdfCheckTest {
    @AfterEach
    void noFaults() {
        TestDevice.control().zt_sdf_faults("");
    }

    private static List<Deviation> found(SdfCheck check, Path library) {
        String file = library.toString();
        SdfLibrary functions = Native.load(file, SdfLibrary.class);
        PointerByReference device = new PointerByReference();
        assertEquals(0, functions.SDF_OpenDevice(device));
        Probe probe = new Probe(
                functions,
                NativeLibrary.getInstance(file),
                TestDevice.settings(library, "12345678"),
                device.getValue());
        check.run(probe);
        return probe.found();
    }

    private static Set<SdfCheck> deviating() {
        Set<SdfCheck> deviating = EnumSet.noneOf(SdfCheck.class);
        for (SdfCheck check : SdfCheck.values()) {
            if (!found(check, TestDevice.library()).isEmpty()) {
                deviating.add(check);
            }
        }
        return deviating;
    }

    @Test
    void a_device_without_faults_deviates_nowhere() {
        for (SdfCheck check : SdfCheck.values()) {
            assertEquals(List.of(), found(check, TestDevice.library()), check.id());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            weak-random     | RANDOM
            overrun         | RANDOM
            no-right        | ACCESS_RIGHT
            left-aligned    | PUBLIC_KEYS REOPEN
            verify-yes      | INTERNAL_VERIFY EXTERNAL_VERIFY
            no-z            | SM3_WITH_Z
            kek-wrong       | KEK
            destroy-ignored | DESTROY
            wrong-sm4       | ECB CBC ENVELOPE
            pads            | PADDING ECB
            unaligned-taken | PADDING
            iv-kept         | IV_WRITE_BACK
            mac-short       | MAC
            wrong-codes     | ERROR_CODES PUBLIC_KEYS SM3_STEPS KEK DESTROY
            racy            | CONCURRENCY
            sessions-lost   | ENDURANCE
            sessions-leak   | SESSIONS
            closed-works    | SESSIONS
            keys-stay       | KEYS_END_WITH_SESSION
            kek-changes     | REOPEN
            """)
    void a_planted_deviation_is_found(String fault, String checks) {
        TestDevice.control().zt_sdf_faults(fault);
        for (String name : checks.split(" ")) {
            SdfCheck check = SdfCheck.valueOf(name);
            assertFalse(found(check, TestDevice.library()).isEmpty(), fault + " by " + check.id());
        }
    }

    @Test
    void a_fault_of_one_kind_is_not_blamed_on_everything() {
        TestDevice.control().zt_sdf_faults("iv-kept");
        assertEquals(EnumSet.of(SdfCheck.IV_WRITE_BACK), deviating());
        TestDevice.control().zt_sdf_faults("left-aligned");
        assertEquals(EnumSet.of(SdfCheck.PUBLIC_KEYS, SdfCheck.REOPEN), deviating());
        TestDevice.control().zt_sdf_faults("no-z");
        assertEquals(EnumSet.of(SdfCheck.SM3_WITH_Z), deviating());
    }

    @Test
    void a_missing_function_is_named_and_the_check_that_needs_it_says_so() {
        Path lacking = TestDevice.build("liblacking2.so", "-DWITHOUT_EXTERNAL_VERIFY");
        assertEquals(
                List.of(new Deviation("SDF_ExternalVerify_ECC", "not exported")), found(SdfCheck.FUNCTIONS, lacking));
        assertTrue(found(SdfCheck.EXTERNAL_VERIFY, lacking).get(0).came().contains("SDF_ExternalVerify_ECC"));
    }

    @Test
    void every_function_of_the_standard_that_the_vault_calls_is_asked_for() {
        List<String> names = SdfLibrary.functions();
        assertEquals(24, names.size());
        assertTrue(names.containsAll(Arrays.asList(
                "SDF_OpenDevice", "SDF_GenerateKeyWithKEK", "SDF_ImportKeyWithISK_ECC", "SDF_CalculateMAC")));
    }
}
