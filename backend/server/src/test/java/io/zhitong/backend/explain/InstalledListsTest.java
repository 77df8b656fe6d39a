package io.zhitong.backend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a device held at each of its events, as its journal tells. */
@BothDatabases
final class InstalledListsTest {
    /** Where people and cars are changes with every passage and is told by the events themselves. */
    private static final Set<ListKind> TOLD_EVERY_TIME = EnumSet.of(ListKind.ENTRIES, ListKind.PRESENCE, ListKind.USES);

    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final TestEvents events;
    private final InstalledLists installed;
    private final TestJournal door = new TestJournal(1, 42, 7);

    InstalledListsTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database);
        installed = new InstalledLists(database.jdbc());
    }

    @Test
    void each_event_sees_the_newest_of_each_kind_before_it() {
        install(door, ListKind.POINTS, 1);
        mark(door);
        install(door, ListKind.POINTS, 2);
        install(door, ListKind.GROUPS, 1);
        mark(door);
        List<StoredEvent> marks = read(door);
        assertThat(versions(marks.get(0))).containsExactly(Map.entry(ListKind.POINTS, 1L));
        assertThat(versions(marks.get(1))).containsOnly(Map.entry(ListKind.POINTS, 2L), Map.entry(ListKind.GROUPS, 1L));
    }

    @Test
    void roots_are_those_the_device_computed() {
        Hash root = hash(9);
        door.write(
                EventKind.LIST_INSTALLED,
                0,
                new ListEvent(ListKind.AREAS, Optional.empty(), new ListVersion(3, 4), root).encode());
        mark(door);
        StoredEvent mark = read(door).get(0);
        assertThat(installed.at(mark).get(ListKind.AREAS))
                .isEqualTo(new InstalledLists.Installed(ListKind.AREAS, new ListVersion(3, 4), root));
    }

    @Test
    void an_older_version_that_was_installed_later_is_what_the_device_held() {
        install(door, ListKind.POINTS, 5);
        install(door, ListKind.POINTS, 4);
        mark(door);
        assertThat(versions(read(door).get(0))).containsExactly(Map.entry(ListKind.POINTS, 4L));
    }

    @Test
    void refused_lists_presence_and_what_cannot_be_read_are_left_out() {
        door.write(
                EventKind.LIST_REFUSED,
                0,
                new ListEvent(
                                ListKind.POINTS,
                                Optional.of(ListRefusal.WRONG_SIGNATURE),
                                new ListVersion(1, 1),
                                Hash.ZERO)
                        .encode());
        install(door, ListKind.PRESENCE, 1);
        door.write(EventKind.LIST_INSTALLED, 0, new byte[] {1, 2, 3});
        mark(door);
        assertThat(installed.at(read(door).get(0))).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void devices_and_communities_are_kept_apart() {
        TestJournal till = new TestJournal(1, 43, 8);
        TestJournal elsewhere = new TestJournal(2, 42, 9);
        install(till, ListKind.POINTS, 7);
        install(elsewhere, ListKind.POINTS, 8);
        mark(door);
        read(till);
        events.append(elsewhere, elsewhere.records());
        events.drain(installed, elsewhere);
        assertThat(installed.at(read(door).get(0))).isEmpty();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void reading_in_batches_and_at_once_come_to_the_same() {
        Random random = new Random(3);
        Map<Integer, Map<ListKind, Long>> expected = new TreeMap<>();
        Map<ListKind, Long> now = new TreeMap<>();
        int marks = 0;
        for (int i = 1; i <= 120; i++) {
            if (random.nextInt(3) == 0) {
                mark(door);
                expected.put(marks++, new TreeMap<>(now));
            } else {
                ListKind kind = ListKind.values()[random.nextInt(ListKind.values().length)];
                install(door, kind, i);
                if (!TOLD_EVERY_TIME.contains(kind)) {
                    now.put(kind, (long) i);
                }
            }
            if (random.nextInt(20) == 0) {
                read(door);
            }
        }
        List<StoredEvent> all = read(door);
        assertThat(all).hasSize(marks);
        for (int i = 0; i < marks; i++) {
            assertThat(versions(all.get(i))).isEqualTo(expected.get(i));
        }
    }

    private static void install(TestJournal journal, ListKind kind, long number) {
        ListEvent event = new ListEvent(kind, Optional.empty(), new ListVersion(1, number), hash((int) number));
        journal.write(EventKind.LIST_INSTALLED, 0, event.encode());
    }

    private static void mark(TestJournal journal) {
        journal.write(EventKind.DEVICE_STARTED, 0, new byte[0]);
    }

    private static Hash hash(int value) {
        byte[] bytes = new byte[Hash.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return Hash.of(bytes);
    }

    /** Stores and reads what is new, and answers the marks of the journal. */
    private List<StoredEvent> read(TestJournal journal) {
        events.append(journal, journal.records());
        events.drain(installed, journal);
        return events.reader().after(ONE, 0, 1_000).stream()
                .filter(event -> event.record().journal().equals(journal.id())
                        && event.record().kind() == EventKind.DEVICE_STARTED)
                .toList();
    }

    private Map<ListKind, Long> versions(StoredEvent event) {
        Map<ListKind, Long> versions = new TreeMap<>();
        installed
                .at(event)
                .forEach((kind, held) -> versions.put(kind, held.version().number()));
        return versions;
    }

    private long rows() {
        return database.jdbc()
                .sql("select count(*) from list_installed")
                .query(Long.class)
                .single();
    }
}
