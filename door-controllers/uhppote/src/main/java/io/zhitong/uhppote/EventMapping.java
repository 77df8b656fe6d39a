package io.zhitong.uhppote;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.BoardReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a board's event is in our words (事件映射): cards become access events whose evidence is the board's own record; what has no
 * kind of ours is OTHER, with that record as its body.
 *
 * @param kind of the journal record
 * @param body of the journal record
 */
record EventMapping(EventKind kind, Octets body) {
    /** A board does not say which: terminal 2 = 0 ‖ line 1 = active. */
    private static final Octets NO_TERMINAL = Octets.of(new byte[] {0, 0, 1});

    static EventMapping of(BoardEvent event, Map<Long, CredentialNumber> credentials, ListVersion version) {
        BoardReason reason = BoardReason.of(event.reason());
        if (event.type() == BoardEvent.CARD || reason == BoardReason.SUPER_PASSCODE) {
            return access(event, reason, credentials, version);
        }
        EventKind kind = kind(event, reason);
        return new EventMapping(kind, body(event, kind));
    }

    private static Octets body(BoardEvent event, EventKind kind) {
        return switch (kind) {
            case OTHER -> Octets.of(event.record());
            case DURESS -> Octets.of(new AlarmEvent(DenyReason.NONE, Optional.empty()).encode());
            case ALARM_INPUT -> NO_TERMINAL;
            default -> Octets.EMPTY;
        };
    }

    private static EventMapping access(
            BoardEvent event, BoardReason reason, Map<Long, CredentialNumber> credentials, ListVersion version) {
        boolean code = reason == BoardReason.SUPER_PASSCODE;
        Outcome outcome = event.granted() ? Outcome.GRANTED : Outcome.DENIED;
        AccessEvent access = new AccessEvent(
                outcome,
                event.granted() ? DenyReason.NONE : denied(reason),
                Optional.ofNullable(credentials.get(event.card())),
                code ? AccessMethod.PIN : AccessMethod.NUMBER,
                code ? CarrierLevel.SHARED_SECRET : CarrierLevel.COPIED_NUMBER,
                version,
                List.of(),
                Octets.of(event.record()));
        return new EventMapping(access.kind(), Octets.of(access.encode()));
    }

    private static DenyReason denied(BoardReason reason) {
        return switch (reason) {
            case WRONG_PIN -> DenyReason.PIN_WRONG;
            case ANTI_PASSBACK -> DenyReason.ANTI_PASSBACK;
            case MORE_CARDS -> DenyReason.SECOND_PERSON_MISSING;
            case FIRST_CARD -> DenyReason.FIRST_CARD_MISSING;
            case NORMALLY_CLOSED -> DenyReason.LOCKED_DOWN;
            case INTERLOCK -> DenyReason.INTERLOCK;
            case OUTSIDE_HOURS, INVALID_TIME -> DenyReason.OUTSIDE_SCHEDULE;
            case NOT_KNOWN -> DenyReason.UNKNOWN_CREDENTIAL;
            default -> DenyReason.NO_RIGHT_HERE;
        };
    }

    private static EventKind kind(BoardEvent event, BoardReason reason) {
        return switch (reason) {
            case BUTTON -> event.granted() ? EventKind.EXIT_REQUESTED : EventKind.OTHER;
            case DOOR_OPENED -> EventKind.POINT_OPENED;
            case DOOR_CLOSED -> EventKind.POINT_CLOSED;
            case POWER_ON, RESET -> EventKind.DEVICE_STARTED;
            case THREAT -> event.type() == BoardEvent.ALARM ? EventKind.DURESS : EventKind.OTHER;
            case OPEN_TOO_LONG -> EventKind.HELD_OPEN;
            case FORCED -> EventKind.FORCED_OPEN;
            case FIRE -> EventKind.FIRE;
            case THEFT, ZONE_24H, EMERGENCY -> EventKind.ALARM_INPUT;
            default -> EventKind.OTHER;
        };
    }
}
