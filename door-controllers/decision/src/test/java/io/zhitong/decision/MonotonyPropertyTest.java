package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Relations that hold between two decisions, whatever the lists say. */
class MonotonyPropertyTest {

    private static boolean granted(Cases cases) {
        return cases.decide() instanceof Decision.Grant;
    }

    private static Cases withRecords(Cases drawn, UnaryOperator<AccessRecord> change) {
        List<AccessRecord> records =
                drawn.lists().all(AccessRecord.class).stream().map(change).toList();
        return new Cases(drawn.request(), drawn.lists().with(AccessRecord.class, records));
    }

    private static AccessRecord with(AccessRecord r, CredentialStatus status, int uses) {
        return new AccessRecord(
                r.credential(),
                r.holder(),
                status,
                r.traits(),
                r.validity(),
                uses,
                r.leastCertificate(),
                r.groups(),
                r.carriers());
    }

    @Property(tries = 1_000)
    void one_more_right_never_shuts_a_door(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        List<GroupRecord> groups = drawn.lists().all(GroupRecord.class).stream()
                .map(group -> {
                    List<Right> rights = new ArrayList<>(group.rights());
                    rights.add(new Right(drawn.request().point(), Schedule.ALWAYS_ID, 999));
                    return new GroupRecord(group.group(), rights);
                })
                .toList();
        Cases richer = new Cases(drawn.request(), drawn.lists().with(GroupRecord.class, groups));
        assertTrue(!granted(drawn) || granted(richer));
    }

    @Property(tries = 1_000)
    void a_card_reported_lost_opens_no_door_that_is_not_held_unlocked(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Cases lost = withRecords(drawn, r -> with(r, CredentialStatus.LOST, r.uses()));
        assertTrue(!granted(lost)
                || drawn.request().state().equals(drawn.request().state().mode(PointMode.UNLOCKED)));
    }

    @Property(tries = 1_000)
    void more_uses_never_shut_and_no_uses_never_open(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Cases unlimited = withRecords(drawn, r -> with(r, r.status(), AccessRecord.UNLIMITED));
        Cases none = withRecords(drawn, r -> with(r, r.status(), 0));
        assertTrue(!granted(drawn) || granted(unlimited));
        assertTrue(!granted(none)
                || drawn.request().state().equals(drawn.request().state().mode(PointMode.UNLOCKED)));
    }

    @Property(tries = 1_000)
    void safer_carrier_never_shuts_a_door(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        if (drawn.request().presented() instanceof Presented.Genuine shown) {
            Presented safest = new Presented.Genuine(
                    shown.credential(), shown.method(), CarrierLevel.SEALED_CARD, shown.certificate());
            Cases safer = new Cases(drawn.request().presented(safest), drawn.lists());
            assertTrue(!granted(drawn) || granted(safer));
        }
    }

    @Property(tries = 1_000)
    void lock_down_shuts_every_door_and_ending_it_restores_the_decision(@ForAll long seed) {
        Cases drawn = Cases.random(seed);
        Request request = drawn.request();
        Cases locked = new Cases(request.state(request.state().mode(PointMode.LOCKED)), drawn.lists());
        assertInstanceOf(Decision.Deny.class, locked.decide());
        Cases normal = new Cases(request.state(request.state().mode(PointMode.NORMAL)), drawn.lists());
        Request back = locked.request().state(locked.request().state().mode(PointMode.NORMAL));
        assertEquals(normal.decide(), new Cases(back, drawn.lists()).decide());
    }

    /** Only forged cards count towards the alarm; only a grant clears it. */
    @Property(tries = 300)
    void count_of_wrong_tries_follows_the_decisions_like_a_counter_on_paper(@ForAll long seed) {
        PointState state = PointState.of(PointMode.NORMAL);
        int paper = 0;
        for (long tap = 0; tap < 30; tap++) {
            Cases drawn = Cases.random(seed * 31 + tap);
            Request request = drawn.request().state(state);
            Decision decision = Engine.decide(request, new Policy(drawn.lists()));
            boolean alarm = decision instanceof Decision.Deny deny && deny.alarm();
            if (decision instanceof Decision.Grant) {
                paper = 0;
            } else if (decision instanceof Decision.Deny deny && deny.reason() == DenyReason.NOT_GENUINE) {
                paper++;
            }
            assertEquals(paper == 5, alarm);
            paper %= 5;
            state = state.after(decision);
            assertEquals(paper, state.wrongTries());
        }
    }
}
