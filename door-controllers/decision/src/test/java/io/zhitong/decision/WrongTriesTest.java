package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongTriesTest {

    private static final Presented FORGED = new Presented.NotGenuine(AccessMethod.SEALED);
    private static final Presented STRANGER = new Presented.Genuine(
            new CredentialNumber(9), AccessMethod.SEALED, CarrierLevel.SEALED_CARD, Presented.Genuine.NO_CERTIFICATE);
    private static final Policy EMPTY =
            new Policy(new PolicyLists(ListVersion.NONE, Long.MAX_VALUE, ZoneOffset.UTC, List.of()));

    private PointState state = PointState.FRESH;

    @Test
    void fifth_forged_card_in_a_row_raises_the_alarm_and_the_tenth_again() {
        List<Boolean> alarms = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            alarms.add(alarm(FORGED));
        }
        assertEquals(List.of(false, false, false, false, true, false, false, false, false, true), alarms);
    }

    @Test
    void genuine_card_without_right_does_not_clear_the_count() {
        for (int i = 0; i < 4; i++) {
            alarm(FORGED);
        }
        alarm(STRANGER);
        assertEquals(true, alarm(FORGED));
    }

    @Test
    void card_that_left_early_neither_counts_nor_clears() {
        for (int i = 0; i < 4; i++) {
            alarm(FORGED);
        }
        assertEquals(false, alarm(new Presented.Unread(AccessMethod.SEALED, DenyReason.CARD_ERROR)));
        assertEquals(true, alarm(FORGED));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Presented.Unread(AccessMethod.SEALED, DenyReason.NOT_GENUINE));
    }

    @Test
    void granted_card_clears_the_count() {
        for (int i = 0; i < 4; i++) {
            alarm(FORGED);
        }
        PointState before = state;
        state = state.mode(PointMode.UNLOCKED);
        alarm(STRANGER);
        assertEquals(4, before.wrongTries());
        assertEquals(0, state.wrongTries());
    }

    @Test
    void impossible_counts_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PointState(PointMode.NORMAL, 5));
        assertThrows(IllegalArgumentException.class, () -> new PointState(PointMode.NORMAL, -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Presented.Genuine(new CredentialNumber(1), AccessMethod.FAST, CarrierLevel.OWN_KEY, 65_536));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Request(new PointId(1), state, FORGED, Instant.EPOCH, ClockQuality.HELD, -1));
    }

    private boolean alarm(Presented presented) {
        Request request = new Request(new PointId(1), state, presented, Instant.EPOCH, ClockQuality.HELD, 0);
        Decision decision = Engine.decide(request, EMPTY);
        state = state.after(decision);
        return decision instanceof Decision.Deny deny && deny.alarm();
    }
}
