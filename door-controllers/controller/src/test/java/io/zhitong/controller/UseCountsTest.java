package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.UseRecord;
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
    private UseCounts counts;

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
        counts = site.world().uses();
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
        counts = new UseCounts(new PointMemory(disk));
        assertEquals(1, counts.of(TestLists.VISITOR));
        counts.listsChanged(DoorPolicy.of(Map.of()));
        assertEquals(1, counts.of(TestLists.VISITOR), "no list says nothing");
        lists.access(TestLists.person(TestLists.RESIDENT, AccessRecord.ITSELF));
        counts.listsChanged(lists.policy());
        assertEquals(0, counts.of(TestLists.VISITOR));
        assertEquals(0, new UseCounts(new PointMemory(disk)).of(TestLists.VISITOR));
    }

    @Test
    void what_was_used_at_another_controller_is_used_up_here_too() {
        told(new UseRecord.Count(new DeviceId(43), 1));
        assertEquals("granted", show(in, TestLists.VISITOR), "one of two is left");
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
        assertEquals("granted", show(out, TestLists.VISITOR), "and nobody is locked in");
    }

    @Test
    void backend_that_has_read_our_own_record_adds_nothing_and_restores_what_this_device_forgot() {
        show(in, TestLists.VISITOR);
        told(new UseRecord.Count(TestLists.DEVICE, 1));
        assertEquals(1, counts.of(TestLists.VISITOR));
        assertEquals("granted", show(in, TestLists.VISITOR));
        disk.forget();
        start();
        assertEquals(0, counts.of(TestLists.VISITOR), "the disk was exchanged");
        told(new UseRecord.Count(TestLists.DEVICE, 2));
        assertEquals(2, counts.of(TestLists.VISITOR));
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
    }

    @Test
    void backend_that_knows_less_than_before_gives_nothing_back() {
        told(new UseRecord.Count(new DeviceId(43), 2));
        told(new UseRecord.Count(new DeviceId(43), 1));
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
    }

    @Test
    void doors_behind_the_entrance_take_no_use_so_that_a_visit_is_one() {
        lists.points(
                TestLists.door(TestLists.GATE).with(new PointPlace(0, LOBBY, 0, PointPlace.ANY_THREAT)),
                TestLists.door(TestLists.GARAGE).with(new PointPlace(LOBBY, LOBBY + 1, 0, PointPlace.ANY_THREAT)));
        start();
        for (int visit = 0; visit < uses(); visit++) {
            assertEquals("granted", show(in, TestLists.VISITOR));
            assertEquals("granted", show(out, TestLists.VISITOR));
            assertEquals("granted", show(out, TestLists.VISITOR));
        }
        assertEquals(DenyReason.USES_EXHAUSTED.name(), show(in, TestLists.VISITOR));
    }

    private void told(UseRecord.Count... of) {
        counts.told(TestLists.DEVICE, List.of(new UseRecord(TestLists.VISITOR, List.of(of))));
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
