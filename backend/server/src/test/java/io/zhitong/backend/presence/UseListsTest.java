package io.zhitong.backend.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.UseRecord;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 42 and 44 are controllers at an entrance, 43 is a till; card 1 is a visitor's, card 2 a resident's. */
@BothDatabases
final class UseListsTest {
    private static final Instant T = TestPresence.START;
    private static final CredentialNumber VISITOR = TestPresence.card(1);
    private static final CredentialNumber RESIDENT = TestPresence.card(2);

    private final FakeClock clock = new FakeClock("2026-05-01T08:10:00Z");
    private final TestPresence site;
    private final UseLists told;

    UseListsTest(TestDatabase database) {
        site = new TestPresence(database, clock);
        told = new UseLists(
                site.uses,
                site.lists.shared(),
                site.estate.estate(),
                TestBackend.on(database).turns());
    }

    @BeforeEach
    void site() {
        site.estate
                .estate()
                .addDevice(new DeviceRow(TestPresence.ONE, new DeviceId(44), DeviceKind.CONTROLLER, "后门控制器"));
        site.limited.add(VISITOR);
        site.points(0, 7, 7, 0, 7, 8);
        site.installed(44);
    }

    private void read() {
        site.send(44);
        site.read();
        told.tell(TestPresence.ONE);
    }

    @Test
    void uses_of_a_limited_credential_are_counted_device_by_device_and_told_to_every_controller() {
        site.granted(42, 1, VISITOR, T);
        site.granted(42, 1, VISITOR, T.plusSeconds(60));
        site.granted(44, 1, VISITOR, T.plusSeconds(30));
        site.granted(42, 1, RESIDENT, T);
        read();
        UseRecord expected = new UseRecord(
                VISITOR, List.of(new UseRecord.Count(new DeviceId(42), 2), new UseRecord.Count(new DeviceId(44), 1)));
        assertThat(records(42)).containsExactly(expected);
        assertThat(records(44)).containsExactly(expected);
        assertThat(newest(43)).as("tills open nothing").isEmpty();
        assertThat(newest(42).orElseThrow().header().root())
                .isEqualTo(newest(44).orElseThrow().header().root());
    }

    @Test
    void way_out_inner_doors_and_a_guard_s_hand_use_nothing_up() {
        site.granted(42, 2, VISITOR, T);
        site.granted(42, 3, VISITOR, T);
        byte[] admitted = new AccessEvent(
                        Outcome.GRANTED,
                        DenyReason.NONE,
                        Optional.of(VISITOR),
                        AccessMethod.REMOTE,
                        CarrierLevel.NONE,
                        new ListVersion(1, 1),
                        List.of(),
                        Octets.EMPTY)
                .encode();
        site.tell(42, EventKind.ACCESS_GRANTED, 1, admitted, T);
        read();
        assertThat(site.uses.records(TestPresence.ONE)).isEmpty();
        assertThat(newest(42)).as("where nothing is counted there is no list").isEmpty();
    }

    @Test
    void record_that_is_sent_twice_counts_once_and_reading_all_again_comes_to_the_same() {
        site.granted(42, 1, VISITOR, T);
        read();
        site.events.append(site.journal(42), site.journal(42).records());
        read();
        assertThat(records(42)).containsExactly(one(42, 1));
        site.call.readAgain(TestPresence.ONE);
        read();
        assertThat(records(42)).containsExactly(one(42, 1));
    }

    @Test
    void next_use_makes_one_new_version_and_no_use_makes_none() {
        site.granted(42, 1, VISITOR, T);
        read();
        ListVersion first = newest(44).orElseThrow().header().version();
        read();
        assertThat(newest(44).orElseThrow().header().version()).isEqualTo(first);
        site.granted(44, 1, VISITOR, T.plusSeconds(5));
        read();
        assertThat(newest(44).orElseThrow().header().version().number()).isEqualTo(first.number() + 1);
    }

    @Test
    void who_is_limited_no_more_is_left_out_with_the_next_list() {
        CredentialNumber courier = TestPresence.card(9);
        site.limited.add(courier);
        site.granted(42, 1, VISITOR, T);
        read();
        site.limited.remove(VISITOR);
        site.granted(42, 1, courier, T);
        read();
        assertThat(records(44)).extracting(UseRecord::credential).containsExactly(courier);
    }

    private static UseRecord one(long device, int uses) {
        return new UseRecord(VISITOR, List.of(new UseRecord.Count(new DeviceId(device), uses)));
    }

    private Optional<SignedList> newest(long device) {
        return site.lists.lists().newest(DeviceAddress.of(1, device), ListKind.USES);
    }

    private List<UseRecord> records(long device) {
        return newest(device).orElseThrow().records(UseRecord.class);
    }
}
