package io.zhitong.keyvault.module.sdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.ModuleException;
import io.zhitong.keyapi.ModuleRefusal;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cryptographic device answers in numbers, and the blobs that are kept of its keys; no device is needed. */
class SdfWordsTest {
    /** GM/T 0018-2023, annex A: SDR_BASE 01000000 and what stands behind it. */
    @ParameterizedTest
    @CsvSource({
        "01000001, UNKNOWN_ERROR, DEVICE_FAILED",
        "01000002, NOT_SUPPORTED, OPERATION_NOT_SUPPORTED",
        "01000003, COMMUNICATION, DEVICE_LOST",
        "01000004, HARDWARE, DEVICE_LOST",
        "01000005, OPEN_DEVICE, DEVICE_LOST",
        "01000006, OPEN_SESSION, DEVICE_LOST",
        "01000007, NO_RIGHT, NO_RIGHT",
        "01000008, NO_KEY, NO_SUCH_KEY",
        "01000009, ALGORITHM, ALGORITHM_NOT_SUPPORTED",
        "0100000a, MODE, ALGORITHM_NOT_SUPPORTED",
        "0100000d, SIGN, DEVICE_FAILED",
        "0100000e, VERIFY, DEVICE_FAILED",
        "01000018, PRIVATE_RIGHT, NO_RIGHT",
        "0100001d, ARGUMENT, DEVICE_FAILED",
        "01ff0001, VENDOR, DEVICE_FAILED",
        "7fffffff, VENDOR, DEVICE_FAILED",
        "00000001, VENDOR, DEVICE_FAILED"
    })
    void answer_of_a_device_is_a_refusal_with_its_number_and_words(String hex, SdfCode name, ModuleRefusal reason) {
        int code = Integer.parseUnsignedInt(hex, 16);
        assertEquals(name, SdfCode.of(code));
        ModuleException refused = assertThrows(ModuleException.class, () -> SdfCode.check("SDF_Encrypt", code));
        assertEquals(reason, refused.reason());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("SDF_Encrypt answers " + hex.toUpperCase(java.util.Locale.ROOT)), message);
        assertTrue(message.codePoints().anyMatch(Character::isIdeographic), message);
    }

    @Test
    void zero_is_the_only_success_and_no_two_answers_share_a_number() {
        SdfCode.check("SDF_OpenDevice", 0);
        assertThrows(ModuleException.class, () -> SdfCode.check("SDF_OpenDevice", -1));
        assertThrows(ModuleException.class, () -> SdfCode.check("SDF_OpenDevice", Integer.MIN_VALUE));
        Set<Integer> codes = new HashSet<>();
        for (SdfCode each : SdfCode.values()) {
            assertTrue(codes.add(each.code()), each.name());
            assertEquals(each, SdfCode.of(each.code()));
        }
    }

    @Test
    void blob_is_kind_index_body_and_check() {
        SdfBlob blob = new SdfBlob(SdfBlob.Kind.ENVELOPE, 0x0102, new byte[] {(byte) 0xA1}, new byte[8]);
        assertEquals("02" + "0102" + "0001" + "a1" + "00".repeat(8), Hex.of(blob.encoded()));
        SdfBlob read = SdfBlob.decode(blob.encoded());
        assertEquals(SdfBlob.Kind.ENVELOPE, read.kind());
        assertEquals(0x0102, read.index());
        assertArrayEquals(blob.body(), read.body());
        assertArrayEquals(blob.check(), read.check());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "000001000000000000000000",
                "040001000000000000000000000000",
                "ff0001000000000000000000000000",
                "0100010001a100000000000000",
                "0100010001a1000000000000000000",
                "010001ffffa10000000000000000"
            })
    void blob_of_another_form_is_foreign(String hex) {
        ModuleException refused = assertThrows(ModuleException.class, () -> SdfBlob.decode(Hex.parse(hex)));
        assertEquals(ModuleRefusal.FOREIGN_BLOB, refused.reason());
    }

    @Test
    void each_blob_that_is_cut_or_longer_is_foreign() {
        byte[] whole = new SdfBlob(SdfBlob.Kind.PAIR, 7, new byte[40], new byte[8]).encoded();
        for (int length = 0; length <= whole.length + 1; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertEquals(
                        ModuleRefusal.FOREIGN_BLOB,
                        assertThrows(ModuleException.class, () -> SdfBlob.decode(cut))
                                .reason());
            }
        }
    }
}
