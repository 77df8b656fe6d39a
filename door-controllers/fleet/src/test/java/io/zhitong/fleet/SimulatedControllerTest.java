package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.machinetls.MachineProfile;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One controller without its link: what it decides, writes down and answers. */
final class SimulatedControllerTest {
    private static final long NOW = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();
    private static final FleetEstate ESTATE = FleetEstate.create(MachineProfile.P256);
    private static final FleetIdentity IDENTITY = ESTATE.controller(7);
    private static final CredentialNumber SOMEBODY = FleetLists.numbers(40).get(11);
    private static final CredentialNumber STRANGER = new CredentialNumber(0x0FFF_0000_0000_0001L);

    private final FleetLists lists = new FleetLists(ESTATE, 40);
    private final Meters meters = new Meters();
    private final SimulatedController door = controller();
    private final List<CommandAnswer> answers = new ArrayList<>();

    private SimulatedController controller() {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
        FleetJournal journal = new FleetJournal(IDENTITY.address(), clock, Optional.empty(), nanos -> {});
        return new SimulatedController(IDENTITY, journal, new SharedLists(), meters, clock);
    }

    private List<SignedList> all() {
        return lists.kinds().stream()
                .map(kind -> lists.of(door.address(), kind))
                .toList();
    }

    private List<JournalRecord> written() {
        return door.journal().after(0, 1_000_000);
    }

    private List<EventKind> kinds() {
        return written().stream().map(JournalRecord::kind).toList();
    }

    private CommandOrder order(CommandKind kind, int point, int key) {
        return new CommandOrder(
                door.address().community(),
                door.address().device(),
                door.journal().journal(),
                Octets.zeros(16),
                kind,
                new PointId(point),
                NOW,
                NOW + 5_000,
                Octets.of(new byte[] {(byte) key, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
                Octets.EMPTY,
                "值班员",
                "试验");
    }

    private CommandAnswer.Stage told(CommandKind kind, int point) {
        door.receive(order(kind, point, answers.size()), answers::add);
        return answers.get(answers.size() - 1).stage();
    }

    private static DenyReason reason(Decision decision) {
        return assertInstanceOf(Decision.Deny.class, decision).reason();
    }

    @Test
    void without_a_list_nobody_is_let_in_and_the_denial_is_written_with_no_version() {
        assertInstanceOf(Decision.Deny.class, door.tap(1, SOMEBODY));
        assertEquals(List.of(EventKind.ACCESS_DENIED), kinds());
        AccessEvent event = AccessEvent.decode(written().get(0).body().toByteArray());
        assertEquals(ListVersion.NONE, event.list());
        assertEquals(Optional.of(SOMEBODY), event.credential());
        assertEquals(1, meters.denied.get());
        assertEquals(0, meters.granted.get());
    }

    @Test
    void somebody_on_the_list_opens_the_door_and_it_closes_again() {
        door.holding(all());
        assertInstanceOf(Decision.Grant.class, door.tap(2, SOMEBODY));
        assertEquals(List.of(EventKind.ACCESS_GRANTED, EventKind.POINT_OPENED, EventKind.POINT_CLOSED), kinds());
        assertTrue(written().stream().allMatch(record -> record.point().equals(new PointId(2))));
        assertTrue(written().stream().allMatch(record -> record.deviceMillis() == NOW), "by the clock it was given");
        assertEquals(1, meters.deciding.count());
    }

    @Test
    void a_stranger_and_a_point_that_does_not_exist_are_denied() {
        door.holding(all());
        assertInstanceOf(Decision.Deny.class, door.tap(1, STRANGER));
        assertInstanceOf(Decision.Deny.class, door.tap(99, SOMEBODY));
        assertEquals(2, meters.denied.get());
        assertEquals(List.of(EventKind.ACCESS_DENIED, EventKind.ACCESS_DENIED), kinds());
    }

    @Test
    void rights_taken_away_deny_from_the_moment_the_list_is_installed() {
        door.holding(all());
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY));
        ListVersion next = lists.change(SOMEBODY, false);
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY), "not fetched yet");
        door.install(lists.of(door.address(), ListKind.ACCESS));
        assertEquals(next, door.version());
        assertInstanceOf(Decision.Deny.class, door.tap(1, SOMEBODY));
        lists.change(SOMEBODY, true);
        door.install(lists.of(door.address(), ListKind.ACCESS));
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY));
        assertEquals(2, meters.listsInstalled.get());
    }

    @Test
    void an_installed_list_is_written_with_its_version_and_root() {
        SignedList access = lists.of(door.address(), ListKind.ACCESS);
        door.install(access);
        ListEvent event = ListEvent.decode(written().get(0).body().toByteArray());
        assertEquals(ListKind.ACCESS, event.list());
        assertEquals(access.header().version(), event.version());
        assertEquals(access.header().root(), event.root());
        assertEquals(PointId.DEVICE, written().get(0).point());
    }

    @Test
    void a_refused_list_is_written_with_what_is_held_instead() {
        door.refused(ListKind.ACCESS, ListRefusal.WRONG_ROOT);
        ListEvent empty = ListEvent.decode(written().get(0).body().toByteArray());
        assertEquals(Optional.of(ListRefusal.WRONG_ROOT), empty.refusal());
        assertEquals(ListVersion.NONE, empty.version());
        assertEquals(Hash.ZERO, empty.root());
        door.holding(all());
        door.refused(ListKind.ACCESS, ListRefusal.VERSION_NOT_HIGHER);
        ListEvent held = ListEvent.decode(written().get(1).body().toByteArray());
        assertEquals(new ListVersion(1, 1), held.version());
        assertEquals(lists.of(door.address(), ListKind.ACCESS).header().root(), held.root());
        assertEquals(2, meters.listsRefused.get());
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY), "the old list stays in force");
    }

    @Test
    void one_key_is_claimed_once() {
        assertTrue(door.claim(order(CommandKind.OPEN, 1, 5)));
        assertFalse(door.claim(order(CommandKind.LOCK_DOWN, 2, 5)), "the key decides, not what is asked");
        assertTrue(door.claim(order(CommandKind.OPEN, 1, 6)));
    }

    @Test
    void a_locked_down_point_denies_those_it_knows_until_it_is_released_and_its_neighbour_does_not() {
        door.holding(all());
        assertEquals(CommandAnswer.Stage.EXECUTED, told(CommandKind.LOCK_DOWN, 1));
        assertEquals(DenyReason.LOCKED_DOWN, reason(door.tap(1, SOMEBODY)));
        assertInstanceOf(Decision.Grant.class, door.tap(2, SOMEBODY));
        assertEquals(CommandAnswer.Stage.EXECUTED, told(CommandKind.RELEASE, 1));
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY));
        assertEquals(2, meters.commands.get());
    }

    @Test
    void an_opened_point_says_opened_and_closed_before_the_command_is_done() {
        assertEquals(CommandAnswer.Stage.EXECUTED, told(CommandKind.OPEN, 2));
        assertEquals(List.of(EventKind.POINT_OPENED, EventKind.POINT_CLOSED, EventKind.COMMAND_EXECUTED), kinds());
        CommandEvent event = CommandEvent.decode(written().get(2).body().toByteArray());
        assertEquals("值班员", event.who());
        assertEquals("试验", event.why());
        assertEquals(CommandKind.OPEN, event.command());
    }

    @Test
    void what_it_has_no_door_for_is_refused_and_written() {
        for (CommandKind kind : CommandKind.values()) {
            boolean known = List.of(CommandKind.OPEN, CommandKind.LOCK_DOWN, CommandKind.UNLOCK, CommandKind.RELEASE)
                    .contains(kind);
            assertEquals(
                    known ? CommandAnswer.Stage.EXECUTED : CommandAnswer.Stage.REFUSED, told(kind, 1), kind::english);
        }
        assertEquals(
                CommandKind.values().length - 4L,
                answers.stream()
                        .filter(each -> each.refusal() == CommandRefusal.NOT_SUPPORTED)
                        .count());
        assertEquals(
                CommandKind.values().length - 4L,
                kinds().stream().filter(EventKind.COMMAND_REFUSED::equals).count());
    }

    @Test
    void a_power_cut_forgets_what_was_ordered_and_keeps_lists_and_journal() {
        door.holding(all());
        told(CommandKind.LOCK_DOWN, 1);
        long before = door.journal().lastSequence();
        door.kill();
        assertFalse(door.isOn());
        assertEquals(before, door.journal().lastSequence());
        assertInstanceOf(Decision.Grant.class, door.tap(1, SOMEBODY));
    }

    @Test
    void its_clock_is_good_while_it_is_connected() {
        assertEquals(ClockQuality.HELD, door.status().quality());
        door.connected();
        assertTrue(door.isGreeted());
        assertEquals(ClockQuality.SYNCHRONISED, door.status().quality());
        door.tap(1, SOMEBODY);
        assertEquals(ClockQuality.SYNCHRONISED, written().get(0).quality());
        assertEquals(1, meters.connected.get());
        door.disconnected(CloseReason.values()[0]);
        assertFalse(door.isGreeted());
        assertEquals(0, meters.connected.get());
        assertEquals(1, meters.connections.get());
        assertEquals(1, meters.connecting.count());
    }

    @Test
    void status_counts_what_the_backend_does_not_have() {
        door.holding(all());
        door.tap(1, SOMEBODY);
        assertEquals(3, door.status().unsent());
        assertFalse(door.isComplete());
        door.journal().stored(written().get(1).watermark());
        assertEquals(1, door.status().unsent());
        door.journal().stored(written().get(2).watermark());
        assertEquals(0, door.status().unsent());
        assertTrue(door.isComplete());
        assertEquals(NOW, door.status().deviceMillis());
        assertEquals(4, door.status().lists().size());
    }

    @Test
    void a_backend_that_lost_its_store_is_told_everything_again() {
        door.holding(all());
        door.tap(1, SOMEBODY);
        door.journal().stored(written().get(2).watermark());
        door.journal().stored(Watermark.start(door.journal().journal()));
        assertEquals(3, door.status().unsent());
        assertFalse(door.isComplete());
    }
}
