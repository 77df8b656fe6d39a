package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every layout: one value has one encoding, and no damage goes unseen. */
class LayoutFaultsTest {

    @ParameterizedTest
    @EnumSource
    void literal_frame_reads_and_writes_back_to_the_bit(Layouts layout) {
        assertArrayEquals(layout.frame(), layout.encode(layout.decode(layout.frame())));
        assertEquals(layout.decode(layout.frame()), layout.decode(layout.frame()));
    }

    @ParameterizedTest
    @EnumSource
    void each_turned_bit_is_refused_or_makes_another_value(Layouts layout) {
        Object original = layout.decode(layout.frame());
        layout.flipped().forEach(changed -> {
            try {
                Object other = layout.decode(changed);
                assertNotEquals(original, other, () -> Hex.of(changed));
                assertArrayEquals(
                        changed, layout.encode(other), () -> "two encodings of one value: " + Hex.of(changed));
            } catch (ModelException refused) {
                assertTrue(refused.getMessage().length() < 120, refused::getMessage);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_truncation_is_refused(Layouts layout) {
        byte[] frame = layout.frame();
        for (int length = 0; length < frame.length; length++) {
            byte[] part = Arrays.copyOf(frame, length);
            assertThrows(ModelException.class, () -> layout.decode(part), "length " + length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytes_behind_the_end_are_refused(Layouts layout) {
        for (int more : new int[] {1, 2, 16, 5000}) {
            byte[] longer = Arrays.copyOf(layout.frame(), layout.frame().length + more);
            ModelException refused = assertThrows(ModelException.class, () -> layout.decode(longer));
            assertEquals(ModelException.Reason.LENGTH, refused.reason());
        }
    }

    @ParameterizedTest
    @EnumSource
    void damage_of_several_bytes_never_ends_in_another_exception(Layouts layout) {
        Random random = new Random(layout.ordinal());
        for (int round = 0; round < 2000; round++) {
            byte[] changed = layout.frame();
            for (int i = random.nextInt(4); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                assertArrayEquals(changed, layout.encode(layout.decode(changed)));
            } catch (ModelException refused) {
                assertTrue(refused.getMessage().startsWith("expected ")
                        || !refused.getMessage().isBlank());
            }
        }
    }

    /** Offsets counted by hand in the layouts. */
    @ParameterizedTest
    @CsvSource({
        "JOURNAL_RECORD, 0, 58, MAGIC",
        "LIST_HEADER, 3, 32, MAGIC",
        "COMMAND, 3, 31, MAGIC",
        "JOURNAL_RECORD, 4, FF, RANGE",
        "JOURNAL_RECORD, 80, 03, UNKNOWN_CODE",
        "LIST_HEADER, 12, 12, UNKNOWN_CODE",
        "LIST_HEADER, 61, FF, RANGE",
        "COMMAND, 36, 7F, UNKNOWN_CODE",
        "ACCESS_RECORD, 12, 05, UNKNOWN_CODE",
        "ACCESS_RECORD, 13, 40, ORDER",
        "ACCESS_RECORD, 14, FF, RANGE",
        "ACCESS_RECORD, 28, 00, RANGE",
        "ACCESS_RECORD, 28, 09, ORDER",
        "ACCESS_RECORD, 28, 0A, ORDER",
        "ACCESS_RECORD, 37, 09, UNKNOWN_CODE",
        "SCHEDULE, 3, 00, RANGE",
        "SCHEDULE, 12, FF, RANGE",
        "HOLIDAY, 2, 0D, RANGE",
        "HOLIDAY, 3, 1F, RANGE",
        "POINT, 2, 08, UNKNOWN_CODE",
        "POINT, 3, 80, ORDER",
        "POINT, 6, 7F, UNKNOWN_CODE",
        "POINT, 21, 02, ORDER",
        "POINT, 22, 02, UNKNOWN_CODE",
        "POINT, 23, 05, UNKNOWN_CODE",
        "GROUP, 1, 00, RANGE",
        "GROUP, 5, 03, ORDER",
        "GROUP, 3, 01, LENGTH",
        "FLOORS, 1, 00, RANGE",
        "AREA, 1, 00, RANGE",
        "AREA, 2, 04, UNKNOWN_CODE",
        "AREA, 9, 03, UNKNOWN_CODE",
        "PIN, 16, 80, RANGE",
        "ENTRY, 17, 00, RANGE",
        "ENTRY, 22, 00, UNKNOWN_CODE",
        "SPACE, 5, 00, RANGE",
        "SPACE, 7, 05, UNKNOWN_CODE",
        "WIRE, 2, 02, UNKNOWN_CODE",
        "WIRE, 5, 00, UNKNOWN_CODE",
        "WIRE, 6, 02, ORDER",
        "BLACKLIST, 8, 01, RANGE",
        "REVOKED_MACHINE, 20, FF, RANGE",
        "ACCESS_EVENT, 0, 03, UNKNOWN_CODE",
        "ACCESS_EVENT_WITH_SITE, 29, FE, UNKNOWN_CODE",
        "ACCESS_EVENT_WITH_SITE, 30, 2F, RANGE",
        "ACCESS_EVENT_WITH_SITE, 30, 07, RANGE",
        "ACCESS_EVENT_WITH_SITE, 55, 80, UNKNOWN_CODE",
        "ACCESS_EVENT_WITH_SITE, 61, 02, RANGE",
        "ACCESS_EVENT, 1, 01, RANGE",
        "ACCESS_EVENT, 3, 00, RANGE",
        "ACCESS_EVENT, 3, FF, UNKNOWN_CODE",
        "COMMAND_EVENT, 2, 7F, UNKNOWN_CODE",
        "WIRE, 5, 7F, UNKNOWN_CODE",
        "ALARM_EVENT, 0, 02, UNKNOWN_CODE",
        "ALARM_EVENT, 1, 01, UNKNOWN_CODE",
        "PRESENCE, 3, 00, RANGE",
        "USES, 8, 00, LENGTH",
        "USES, 12, 2B, ORDER",
        "USES, 14, 00, RANGE",
        "USE, 8, 00, LENGTH",
        "USE, 12, 2C, ORDER",
        "USE, 14, 00, RANGE",
        "LIST_EVENT, 2, 0D, UNKNOWN_CODE",
        "TOMBSTONE, 1, 03, UNKNOWN_CODE",
        "TOMBSTONE, 17, 04, RANGE",
        "TOMBSTONE, 25, 00, RANGE",
        "JOURNAL_KNOWN, 1, 02, UNKNOWN_CODE",
        "JOURNAL_UNKNOWN, 1, 01, RANGE",
        "JOURNAL_UNKNOWN, 40, 01, RANGE",
        "SEALED_EVIDENCE, 5, 0B, LENGTH",
        "SALE, 0, 80, RANGE"
    })
    void damaged_field_is_refused_with_its_reason(
            Layouts layout, int offset, String value, ModelException.Reason reason) {
        byte[] changed = layout.frame();
        changed[offset] = (byte) Integer.parseInt(value, 16);
        assertNotEquals(Hex.of(layout.frame()), Hex.of(changed), "the table changes nothing");
        assertEquals(
                reason,
                assertThrows(ModelException.class, () -> layout.decode(changed)).reason());
    }

    @Test
    void text_that_is_not_utf8_is_refused_and_not_repaired() {
        byte[] lonely = Layouts.SETTING.frame();
        lonely[5] = (byte) 0xC0;
        assertThrows(ModelException.class, () -> SettingRecord.decode(lonely));
        ModelException surrogate =
                assertThrows(ModelException.class, () -> new SettingRecord(SettingKey.DEVICE_NAME, "门\uD800"));
        assertEquals(ModelException.Reason.RANGE, surrogate.reason());
    }
}
