package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.LinkSession;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The judge of a fleet: its lists, and a store that takes each record of an unbroken chain once. */
final class FleetBackendTest {
    private static final FleetEstate ESTATE = FleetEstate.create(MachineProfile.P256);
    private static final CredentialNumber SOMEBODY = new CredentialNumber(77);

    private final FleetLists lists = new FleetLists(ESTATE, 30);
    private final List<JournalRecord> arrived = new ArrayList<>();
    private final FleetBackend backend = new FleetBackend(ESTATE, lists, arrived::add);
    private final FleetJournal journal = journal();

    private static FleetJournal journal() {
        return new FleetJournal(ESTATE.address(3), Clock.systemUTC(), Optional.empty(), nanos -> {});
    }

    private static LinkSession session(JournalId journal) {
        return new LinkSession(
                1,
                ESTATE.address(3),
                new MachinePeer(
                        new MachineName(MachineRole.CONTROLLER, "1-3"),
                        BigInteger.ONE,
                        Instant.EPOCH,
                        MachineProfile.P256),
                new DeviceHello(journal, 0, 0, Octets.zeros(16), "fleet", List.of()),
                Instant.EPOCH,
                "127.0.0.1:1");
    }

    private LinkSession session() {
        return session(journal.journal());
    }

    private static JournalRecord passed(FleetJournal in, boolean granted) {
        AccessEvent event = new AccessEvent(
                granted ? Outcome.GRANTED : Outcome.DENIED,
                granted ? DenyReason.NONE : DenyReason.UNKNOWN_CREDENTIAL,
                Optional.of(SOMEBODY),
                AccessMethod.SEALED,
                CarrierLevel.SEALED_CARD,
                ListVersion.NONE,
                List.of(),
                Octets.EMPTY);
        return in.append(event.kind(), new PointId(1), Octets.of(event.encode()), ClockQuality.HELD);
    }

    @Test
    void a_batch_is_stored_and_answered_with_its_last_record() {
        JournalRecord in = passed(journal, true);
        JournalRecord refused = passed(journal, false);
        assertEquals(refused.watermark(), backend.events(session(), List.of(in, refused)));
        assertEquals(Map.of(new Passage(3, 1, 77, true), 1, new Passage(3, 1, 77, false), 1), backend.passages());
        assertEquals(List.of(in, refused), arrived);
        assertEquals(refused.watermark(), backend.hello(session()).stored());
    }

    @Test
    void a_batch_that_comes_twice_counts_once() {
        List<JournalRecord> batch = List.of(passed(journal, true), passed(journal, true));
        Watermark first = backend.events(session(), batch);
        assertEquals(first, backend.events(session(), batch));
        assertEquals(2, backend.events());
        assertEquals(Map.of(new Passage(3, 1, 77, true), 2), backend.passages());
    }

    @Test
    void a_batch_that_begins_with_what_is_known_goes_on_behind_it() {
        JournalRecord one = passed(journal, true);
        JournalRecord two = passed(journal, true);
        JournalRecord three = passed(journal, false);
        backend.events(session(), List.of(one, two));
        assertEquals(three.watermark(), backend.events(session(), List.of(one, two, three)));
        assertEquals(3, backend.events());
    }

    @Test
    void a_record_left_out_or_of_another_chain_is_not_stored() {
        JournalRecord one = passed(journal, true);
        passed(journal, true);
        JournalRecord three = passed(journal, true);
        assertThrows(IllegalStateException.class, () -> backend.events(session(), List.of(three)));
        backend.events(session(), List.of(one));
        FleetJournal other = journal();
        passed(other, false);
        JournalRecord foreign = passed(other, false);
        assertThrows(IllegalStateException.class, () -> backend.events(session(), List.of(foreign)));
        assertEquals(1, backend.events());
        assertEquals(one.watermark(), backend.hello(session()).stored());
    }

    @Test
    void a_batch_with_a_hole_keeps_what_stands_before_it_and_counts_it_once() {
        JournalRecord one = passed(journal, true);
        JournalRecord two = passed(journal, true);
        JournalRecord three = passed(journal, true);
        assertThrows(IllegalStateException.class, () -> backend.events(session(), List.of(one, three)));
        assertEquals(three.watermark(), backend.events(session(), List.of(one, two, three)));
        assertEquals(3, backend.events());
        assertEquals(Map.of(new Passage(3, 1, 77, true), 3), backend.passages());
    }

    @Test
    void each_journal_has_a_mark_of_its_own() {
        FleetJournal other = journal();
        backend.events(session(), List.of(passed(journal, true)));
        assertEquals(
                Watermark.start(other.journal()),
                backend.hello(session(other.journal())).stored());
        backend.events(session(other.journal()), List.of(passed(other, true)));
        assertEquals(2, backend.events());
    }

    @Test
    void what_is_no_passage_is_stored_and_not_counted_as_one() {
        JournalRecord started =
                journal.append(EventKind.DEVICE_STARTED, PointId.DEVICE, Octets.EMPTY, ClockQuality.HELD);
        backend.events(session(), List.of(started));
        assertEquals(1, backend.events());
        assertEquals(Map.of(), backend.passages());
    }

    @Test
    void passages_that_were_asked_for_do_not_change_afterwards() {
        Map<Passage, Integer> before = backend.passages();
        backend.events(session(), List.of(passed(journal, true)));
        assertEquals(0, before.size());
        assertThrows(UnsupportedOperationException.class, before::clear);
    }

    @Test
    void the_greeting_names_the_newest_list_of_each_kind_and_no_other_is_handed_out() {
        Set<ListKind> offered =
                backend.hello(session()).lists().stream().map(ListHeader::kind).collect(Collectors.toSet());
        assertEquals(Set.of(ListKind.POINTS, ListKind.SETTINGS, ListKind.GROUPS, ListKind.ACCESS), offered);
        for (ListKind kind : ListKind.values()) {
            assertEquals(offered.contains(kind), backend.list(session(), kind).isPresent(), kind::english);
        }
    }

    @Test
    void a_list_is_signed_once_for_a_device_and_again_when_it_changes() {
        SignedList first = lists.of(ESTATE.address(3), ListKind.ACCESS);
        assertSame(first, lists.of(ESTATE.address(3), ListKind.ACCESS));
        assertNotEquals(
                first.header(), lists.of(ESTATE.address(4), ListKind.ACCESS).header());
        lists.change(FleetLists.numbers(30).get(0), false);
        SignedList next = lists.of(ESTATE.address(3), ListKind.ACCESS);
        assertEquals(new ListVersion(1, 2), next.header().version());
        assertTrue(next.header().signedBy(ESTATE.policyKey()));
        assertSame(lists.of(ESTATE.address(3), ListKind.POINTS), lists.of(ESTATE.address(3), ListKind.POINTS));
        assertEquals(
                new ListVersion(1, 1),
                lists.of(ESTATE.address(3), ListKind.POINTS).header().version());
    }

    @Test
    void rights_taken_and_given_back_make_the_first_list_again_under_a_higher_version() {
        CredentialNumber somebody = FleetLists.numbers(30).get(29);
        SignedList first = lists.of(ESTATE.address(3), ListKind.ACCESS);
        assertEquals(new ListVersion(1, 2), lists.change(somebody, false));
        assertNotEquals(
                first.tree().root(),
                lists.of(ESTATE.address(3), ListKind.ACCESS).tree().root());
        assertEquals(new ListVersion(1, 3), lists.change(somebody, true));
        assertEquals(
                first.tree().root(),
                lists.of(ESTATE.address(3), ListKind.ACCESS).tree().root());
    }

    @Test
    void an_exchanged_list_has_as_many_credentials_as_were_asked_for() {
        assertEquals(30, lists.of(ESTATE.address(3), ListKind.ACCESS).header().count());
        assertEquals(new ListVersion(1, 2), lists.exchange(12));
        assertEquals(12, lists.of(ESTATE.address(3), ListKind.ACCESS).header().count());
        assertEquals(new ListVersion(1, 3), lists.exchange(0));
        assertEquals(0, lists.of(ESTATE.address(3), ListKind.ACCESS).header().count());
    }

    @Test
    void numbers_are_seven_apart_and_each_its_own() {
        assertEquals(0x4403_0101_0000_0000L, FleetLists.numbers(1).get(0).value());
        assertEquals(
                0x4403_0101_0000_0000L + 7 * 999,
                FleetLists.numbers(1_000).get(999).value());
        assertEquals(1_000, Set.copyOf(FleetLists.numbers(1_000)).size());
        assertEquals(List.of(), FleetLists.numbers(0));
    }

    @Test
    void two_estates_do_not_believe_each_other_s_lists() {
        FleetEstate other = FleetEstate.create(MachineProfile.P256);
        SignedList foreign = new FleetLists(other, 3).of(other.address(3), ListKind.ACCESS);
        assertTrue(foreign.header().signedBy(other.policyKey()));
        assertEquals(false, foreign.header().signedBy(ESTATE.policyKey()));
    }
}
