package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.ListState;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One content for many devices: one row, one header a device, and nothing old. */
@BothDatabases
final class SharedListsTest {
    private final TestDatabase database;
    private final TestLists lists;
    private final List<DeviceRow> both;

    SharedListsTest(TestDatabase database) {
        this.database = database;
        TestEstate estate = new TestEstate(database);
        estate.demo();
        lists = new TestLists(database, new FakeClock("2026-05-01T08:00:00Z"));
        both = estate.estate().devices(TestDevices.DOOR.community());
    }

    @Test
    void a_content_is_kept_once_and_signed_once_for_all_devices() {
        assertThat(publish(people(1, 5))).isEqualTo(2);
        assertThat(contents()).isEqualTo(1);
        SignedList door = newest(42);
        SignedList till = newest(43);
        assertThat(door.header().root()).isEqualTo(till.header().root());
        assertThat(door.header().device()).isNotEqualTo(till.header().device());
        assertThat(door.header().proof().leaves()).isEqualTo(2);
        assertThat(door.header().proof().signature())
                .as("one for both")
                .isEqualTo(till.header().proof().signature());
        assertThat(door.records(PresenceRecord.class)).hasSize(5);
    }

    @Test
    void the_same_again_makes_nothing_and_a_device_that_came_later_gets_it_alone() {
        lists.shared().publish(both.subList(0, 1), ListKind.PRESENCE, people(1, 5));
        assertThat(publish(people(1, 5))).isEqualTo(1);
        assertThat(publish(people(1, 5))).isZero();
        assertThat(newest(42).header().version().number()).isEqualTo(1);
        assertThat(newest(43).header().version().number()).isEqualTo(1);
    }

    @Test
    void only_the_newest_two_versions_and_their_contents_are_kept() {
        for (int i = 1; i <= 6; i++) {
            publish(people(i, i + 4));
        }
        assertThat(headers()).isEqualTo(4);
        assertThat(contents()).isEqualTo(2);
        assertThat(newest(42).header().version()).isEqualTo(new ListVersion(1, 6));
        assertThat(newest(42).records(PresenceRecord.class))
                .extracting(PresenceRecord::holder)
                .contains(10L);
        assertThat(lists.lists().at(DeviceAddress.of(1, 42), ListKind.PRESENCE, new ListVersion(1, 5)))
                .as("a device may be fetching it")
                .isPresent();
        assertThat(lists.lists().at(DeviceAddress.of(1, 42), ListKind.PRESENCE, new ListVersion(1, 4)))
                .isEmpty();
    }

    @Test
    void lists_of_an_epoch_before_a_restore_are_forgotten_with_the_first_of_the_new_one() {
        publish(people(1, 5));
        publish(people(2, 5));
        ListState beyond = new ListState(ListKind.PRESENCE, new ListVersion(1, 900), Hash.ZERO);
        assertThat(lists.lists().overtake(DeviceAddress.of(1, 42), List.of(beyond)))
                .containsExactly(ListKind.PRESENCE);
        publish(people(3, 5));
        assertThat(newest(42).header().version()).isEqualTo(new ListVersion(2, 2));
        assertThat(newest(43).header().version()).isEqualTo(new ListVersion(1, 3));
        assertThat(database.jdbc()
                        .sql("select count(*) from signed_list where device_number = 42 and epoch = 1")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_empty_content_is_a_list_that_says_nobody() {
        publish(people(1, 5));
        assertThat(publish(List.of())).isEqualTo(2);
        assertThat(newest(42).records()).isEmpty();
        assertThat(newest(42).header().count()).isZero();
    }

    @Test
    void nobody_to_tell_makes_nothing() {
        assertThat(lists.shared().publish(List.of(), ListKind.PRESENCE, people(1, 5)))
                .isZero();
        assertThat(contents()).isZero();
    }

    private int publish(List<PresenceRecord> records) {
        return lists.shared().publish(both, ListKind.PRESENCE, records);
    }

    private static List<PresenceRecord> people(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(holder -> new PresenceRecord(holder, 7, 100 + holder, PresenceRecord.LIVE))
                .toList();
    }

    private SignedList newest(long device) {
        return lists.lists()
                .newest(DeviceAddress.of(1, device), ListKind.PRESENCE)
                .orElseThrow();
    }

    private long headers() {
        return database.jdbc()
                .sql("select count(*) from signed_list where kind = 16")
                .query(Long.class)
                .single();
    }

    private long contents() {
        return database.jdbc()
                .sql("select count(*) from list_content where kind = 16")
                .query(Long.class)
                .single();
    }
}
