package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DenyReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorWordsTest {

    /** What a display takes, less what is said of the hour behind it. */
    private static final int MOST_BYTES = 120 - 40;

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @Test
    void every_reason_has_words_of_exactly_one_line() {
        List<DenyReason> named = new ArrayList<>();
        for (DenyReason reason : DenyReason.values()) {
            if (DoorWords.of(reason) != DoorWords.GUARD) {
                named.add(reason);
            }
        }
        EnumSet<DenyReason> guard = EnumSet.allOf(DenyReason.class);
        named.forEach(guard::remove);
        assertEquals(EnumSet.of(DenyReason.PLATE_MISMATCH, DenyReason.CARD_IN_USE, DenyReason.ASK_GUARD), guard);
    }

    @ParameterizedTest
    @EnumSource(DoorWords.class)
    void words_are_chinese_and_english_and_short_enough_for_a_display(DoorWords words) {
        assertTrue(HAN.matcher(words.chinese()).find());
        assertFalse(HAN.matcher(words.english()).find());
        assertTrue(words.chinese().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES, words.chinese());
        assertTrue(words.english().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES, words.english());
        assertTrue((words.chinese() + words.english()).chars().noneMatch(Character::isISOControl));
    }

    /** Who tries cards at a door must not learn which of them were once good, or nearly. */
    @Test
    void stranger_and_forger_learn_the_same_and_nothing_else() {
        assertEquals("此卡未授权", DoorWords.of(DenyReason.UNKNOWN_CREDENTIAL).chinese());
        assertEquals(DoorWords.of(DenyReason.UNKNOWN_CREDENTIAL), DoorWords.of(DenyReason.NOT_GENUINE));
    }

    @Test
    void holder_of_a_lost_card_is_sent_to_the_desk_and_blocked_and_cancelled_read_alike() {
        assertEquals("卡已挂失，请到物业服务台", DoorWords.of(DenyReason.LOST).chinese());
        assertEquals(DoorWords.of(DenyReason.BLOCKED), DoorWords.of(DenyReason.CANCELLED));
        assertEquals(DoorWords.of(DenyReason.ASK_GUARD), DoorWords.of(DenyReason.PLATE_MISMATCH));
    }

    @Test
    void grants_read_alike_under_duress_and_recorded_and_whatever_they_count_as() {
        Set<DoorWords> all = EnumSet.noneOf(DoorWords.class);
        for (PassedAs as : PassedAs.values()) {
            for (boolean alarm : new boolean[] {false, true}) {
                RuleIds rules = RuleIds.of(0, RuleIds.NO_RIGHT);
                all.add(DoorWords.of(new Decision.Grant(3_000, LiftFloors.NONE, false, alarm, !alarm, as, rules)));
            }
        }
        assertEquals(EnumSet.of(DoorWords.COME_IN), all);
        assertNotEquals(DoorWords.COME_IN, DoorWords.of(DenyReason.LOST));
    }

    /** An alarm that nobody may notice does not read otherwise when it is denied, either. */
    @ParameterizedTest
    @EnumSource(value = DenyReason.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void denial_with_an_alarm_reads_as_one_without(DenyReason reason) {
        RuleIds rules = RuleIds.of(0, RuleIds.NO_RIGHT);
        assertEquals(
                DoorWords.of(new Decision.Deny(reason, false, rules)),
                DoorWords.of(new Decision.Deny(reason, true, rules)));
        assertNotEquals(DoorWords.COME_IN, DoorWords.of(reason));
    }

    @Test
    void what_asks_for_more_says_so_by_its_light() {
        for (DenyReason more : List.of(
                DenyReason.PIN_MISSING,
                DenyReason.FACE_MISSING,
                DenyReason.FINGERPRINT_MISSING,
                DenyReason.CARD_MISSING,
                DenyReason.SECOND_PERSON_MISSING,
                DenyReason.ESCORT_MISSING)) {
            assertEquals(DoorWords.Asks.MORE, DoorWords.of(more).asks(), more.name());
        }
        assertEquals(DoorWords.Asks.NOTHING, DoorWords.of(DenyReason.PIN_WRONG).asks());
        assertEquals(
                DoorWords.Asks.NOTHING,
                DoorWords.of(DenyReason.UNKNOWN_CREDENTIAL).asks());
    }
}
