package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.uhppote.message.BoardEvent;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventMappingTest {

    private static EventMapping map(int type, boolean granted, int reason) {
        BoardEvent event =
                new BoardEvent(9, type, granted, 2, 1, 7, Optional.of(LocalDateTime.of(2026, 3, 2, 10, 0)), reason);
        return EventMapping.of(event, Map.of(7L, Lists.credential(7)), new ListVersion(1, 5));
    }

    private static final Map<EventKind, Integer> LENGTHS =
            Map.of(EventKind.OTHER, 20, EventKind.DURESS, 11, EventKind.ALARM_INPUT, 3);

    @ParameterizedTest
    @CsvSource({
        "5, NO_RIGHT_HERE",
        "6, NO_RIGHT_HERE",
        "7, PIN_WRONG",
        "8, ANTI_PASSBACK",
        "9, SECOND_PERSON_MISSING",
        "10, FIRST_CARD_MISSING",
        "11, LOCKED_DOWN",
        "12, INTERLOCK",
        "13, OUTSIDE_SCHEDULE",
        "15, OUTSIDE_SCHEDULE",
        "18, UNKNOWN_CREDENTIAL",
        "250, NO_RIGHT_HERE"
    })
    void a_refused_card_has_a_reason_of_ours(int reason, DenyReason ours) {
        EventMapping mapping = map(BoardEvent.CARD, false, reason);
        assertEquals(EventKind.ACCESS_DENIED, mapping.kind());
        AccessEvent access = AccessEvent.decode(mapping.body().toByteArray());
        assertEquals(ours, access.reason());
        assertEquals(Optional.of(Lists.credential(7)), access.credential());
        assertEquals(BoardEvent.LENGTH, access.evidence().length());
    }

    @ParameterizedTest
    @CsvSource({
        "2, true, 20, EXIT_REQUESTED",
        "2, false, 20, OTHER",
        "2, true, 23, POINT_OPENED",
        "2, true, 24, POINT_CLOSED",
        "2, true, 28, DEVICE_STARTED",
        "2, true, 29, DEVICE_STARTED",
        "2, false, 31, OTHER",
        "2, false, 33, OTHER",
        "2, false, 34, OTHER",
        "3, false, 34, DURESS",
        "3, false, 37, HELD_OPEN",
        "3, false, 38, FORCED_OPEN",
        "3, false, 39, FIRE",
        "3, false, 40, OTHER",
        "3, false, 41, ALARM_INPUT",
        "3, false, 42, ALARM_INPUT",
        "3, false, 43, ALARM_INPUT",
        "2, true, 44, OTHER",
        "9, true, 0, OTHER"
    })
    void what_is_no_card_has_a_kind_of_ours_or_keeps_its_bytes(int type, boolean granted, int reason, EventKind kind) {
        EventMapping mapping = map(type, granted, reason);
        assertEquals(kind, mapping.kind());
        assertEquals(LENGTHS.getOrDefault(kind, 0), mapping.body().length());
    }

    @Test
    void an_alarm_has_the_body_of_its_kind() {
        AlarmEvent duress = AlarmEvent.decode(map(3, false, 34).body().toByteArray());
        assertEquals(new AlarmEvent(DenyReason.NONE, Optional.empty()), duress);
        assertEquals("000001", String.valueOf(map(3, false, 43).body()));
    }

    @Test
    void an_accepted_card_is_a_copied_number() {
        AccessEvent access =
                AccessEvent.decode(map(BoardEvent.CARD, true, 1).body().toByteArray());
        assertEquals(AccessMethod.NUMBER, access.method());
        assertEquals(CarrierLevel.COPIED_NUMBER, access.level());
        assertEquals(new ListVersion(1, 5), access.list());
    }

    @Test
    void a_supervisor_s_code_is_an_access_by_a_shared_secret() {
        EventMapping mapping = map(BoardEvent.DOOR, true, 25);
        AccessEvent access = AccessEvent.decode(mapping.body().toByteArray());
        assertEquals(EventKind.ACCESS_GRANTED, mapping.kind());
        assertEquals(AccessMethod.PIN, access.method());
        assertEquals(CarrierLevel.SHARED_SECRET, access.level());
    }

    @Test
    void the_evidence_is_the_board_s_record_byte_for_byte() {
        AccessEvent access =
                AccessEvent.decode(map(BoardEvent.CARD, false, 18).body().toByteArray());
        assertEquals("0900000001000201070000002026030210000012", String.valueOf(access.evidence()));
        assertEquals(Octets.EMPTY, map(2, true, 23).body());
    }
}
