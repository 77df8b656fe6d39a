package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A visitor may come in as often as the card says, over restarts, and always out. */
class UseCountsTest {

    private static final int LOBBY = 5;

    private final Memories disk = new Memories();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final TestLists lists = new TestLists();
    private DoorPoint in;
    private DoorPoint out;

    UseCountsTest() {
        lists.points(
                TestLists.door(TestLists.GATE).with(new PointPlace(0, LOBBY, 0, PointPlace.ANY_THREAT)),
                TestLists.door(TestLists.GARAGE).with(new PointPlace(LOBBY, 0, 0, PointPlace.ANY_THREAT)));
        lists.access(
                TestLists.person(TestLists.RESIDENT, AccessRecord.ITSELF), TestLists.visitor(TestLists.VISITOR, 2));
        start();
    }

    private void start() {
        TestSite site = new TestSite(lists::policy, happened, clock, disk);
        in = site.door(TestLists.GATE);
        out = site.door(TestLists.GARAGE);
    }

    private static String show(DoorPoint door, CredentialNumber card) {
        Decision decision = door.shown(new Shown(
                new Presented.Genuine(card, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1), Octets.EMPTY, ""));
        return decision instanceof Decision.Deny deny ? deny.reason().name() : "granted";
    }

    private int uses() {
        return lists.policy().rules().listed(TestLists.VISITOR).orElseThrow().uses();
    }

    @Test
    void uses_are_counted_on_the_way_in_only_and_out_goes_everybody() {
        for (int visit = 0; visit < uses(); visit++) {
            assertEquals("granted", show(in, TestLists.VISITOR), "visit " + visit);
            assertEquals("granted", show(out, TestLists.VISITOR));
        }
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
        assertEquals("granted", show(out, TestLists.VISITOR));
    }

    @Test
    void count_lives_over_a_restart_that_has_no_journal_of_it() {
        for (int visit = 0; visit < uses(); visit++) {
            show(in, TestLists.VISITOR);
        }
        start();
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
    }

    @Test
    void use_is_on_disk_before_the_relay_moves() {
        List<String> seen = new ArrayList<>();
        Relay relay = new Relay() {
            @Override
            public void pulse(PointId point, int millis) {
                seen.addAll(disk.all("uses.").values());
            }

            @Override
            public void hold(PointId point) {
                seen.add("held");
            }

            @Override
            public void drop(PointId point) {
                seen.add("dropped");
            }
        };
        TestSite site = new TestSite(lists::policy, happened, relay, clock, disk);
        show(site.door(TestLists.GATE), TestLists.VISITOR);
        assertEquals(List.of("1"), seen);
    }

    @Test
    void residents_are_not_counted_and_cost_the_disk_nothing() {
        show(in, TestLists.RESIDENT);
        assertEquals(
                0,
                disk.written().keySet().stream()
                        .filter(name -> name.startsWith("uses."))
                        .count());
    }

    @Test
    void who_is_off_the_list_is_forgotten_and_without_a_list_nobody_is() {
        show(in, TestLists.VISITOR);
        UseCounts counts = new UseCounts(new PointMemory(disk));
        assertEquals(1, counts.of(TestLists.VISITOR));
        counts.listsChanged(DoorPolicy.of(Map.of()));
        assertEquals(1, counts.of(TestLists.VISITOR), "no list says nothing");
        lists.access(TestLists.person(TestLists.RESIDENT, AccessRecord.ITSELF));
        counts.listsChanged(lists.policy());
        assertEquals(0, counts.of(TestLists.VISITOR));
        assertEquals(0, new UseCounts(new PointMemory(disk)).of(TestLists.VISITOR));
    }

    @Test
    void disk_that_refuses_costs_the_memory_over_a_restart_and_not_the_count() {
        disk.refuse();
        for (int visit = 0; visit < uses(); visit++) {
            assertEquals("granted", show(in, TestLists.VISITOR));
        }
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
    }
}
