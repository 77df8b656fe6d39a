package io.zhitong.backend.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.devices.TestLinks;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices at the borders are told of each other's passages, and how old it says it is. */
@BothDatabases
final class PresenceListsTest {
    private static final Instant T = TestPresence.START;
    private static final long SECOND = 1_000_000_000L;

    private final FakeClock clock = new FakeClock("2026-05-01T08:10:00Z");
    private final TestDatabase database;
    private final TestPresence site;
    private final TestLinks links;
    private final PresenceLists told;
    private long now = SECOND;

    PresenceListsTest(TestDatabase database) {
        this.database = database;
        site = new TestPresence(database, clock);
        links = new TestLinks(database, clock);
        told = site.told(links);
    }

    /** 42 and 44 are controllers with points into area 7 and out of it, 43 is a till. */
    @BeforeEach
    void site() {
        site.estate
                .estate()
                .addDevice(new DeviceRow(TestPresence.ONE, address(44).device(), DeviceKind.CONTROLLER, "后门控制器"));
        site.holder(TestPresence.card(1), 1);
        site.holder(TestPresence.card(3), 2);
        site.points(0, 7, 7, 0);
        site.lists.lists().compile(site.estate.estate().device(address(44)).orElseThrow());
        for (long device : new long[] {42, 44}) {
            links.connect(device);
            links.heard(device, 0);
        }
    }

    @Test
    void what_one_device_saw_is_told_to_every_device_at_a_border_and_to_no_till() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        tell();
        List<PresenceRecord> expected = List.of(new PresenceRecord(1, 7, T.getEpochSecond(), PresenceRecord.LIVE));
        assertThat(records(42)).isEqualTo(expected);
        assertThat(records(44)).isEqualTo(expected);
        assertThat(newest(43)).isEmpty();
        assertThat(newest(44).orElseThrow().header().root())
                .isEqualTo(newest(42).orElseThrow().header().root());
    }

    @Test
    void who_went_out_is_told_to_be_outside_and_a_credential_of_nobody_is_nobody_s_business() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.granted(42, 2, TestPresence.card(1), T.plusSeconds(60));
        site.granted(42, 1, TestPresence.card(9), T);
        site.read();
        tell();
        assertThat(records(44)).containsExactly(new PresenceRecord(1, 0, T.getEpochSecond() + 60, PresenceRecord.LIVE));
    }

    @Test
    void nothing_new_makes_no_new_version_and_news_wait_for_the_second() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        tell();
        long first = version(42);
        site.granted(42, 1, TestPresence.card(3), T);
        site.read();
        told.tell(TestPresence.ONE, now + SECOND / 2);
        assertThat(version(42)).as("half a second later").isEqualTo(first);
        tell();
        assertThat(version(42)).isEqualTo(first + 1);
        assertThat(records(42)).hasSize(2);
        tell();
        assertThat(version(42)).isEqualTo(first + 1);
    }

    @Test
    void only_the_newest_versions_are_kept() {
        for (int i = 0; i < 5; i++) {
            site.granted(42, 1 + i % 2, TestPresence.card(1), T.plusSeconds(i));
            site.read();
            tell();
        }
        assertThat(version(42)).isEqualTo(5);
        assertThat(database.jdbc()
                        .sql("select count(*) from signed_list where device_number = 42 and kind = 16")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(database.jdbc()
                        .sql("select count(*) from signed_list where device_number = 42 and kind = 5")
                        .query(Long.class)
                        .single())
                .as("rules are kept")
                .isEqualTo(1);
    }

    @Test
    void a_correction_is_told_as_a_passage_is() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        site.call.correct(TestPresence.ONE, 1, 0, new Actor("property"), "已离开");
        tell();
        assertThat(records(44))
                .containsExactly(new PresenceRecord(1, 0, clock.instant().getEpochSecond(), PresenceRecord.LIVE));
    }

    // ---- amnesty

    @Test
    void who_is_forgiven_is_told_to_no_device_until_seen_again_and_the_roll_call_still_has_him() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.granted(42, 1, TestPresence.card(3), T);
        site.read();
        tell();
        site.call.forgive(TestPresence.ONE, 1, new Actor("property"), "闸机误判");
        tell();
        assertThat(records(44)).containsExactly(new PresenceRecord(2, 7, T.getEpochSecond(), PresenceRecord.LIVE));
        assertThat(site.call.areas(TestPresence.ONE).get(0).inside()).hasSize(2);
        Instant again = clock.instant().plusSeconds(60);
        clock.advance(Duration.ofMinutes(2));
        site.granted(42, 1, TestPresence.card(1), again);
        site.read();
        tell();
        assertThat(records(44))
                .contains(new PresenceRecord(1, 7, again.getEpochSecond(), PresenceRecord.LIVE))
                .hasSize(2);
    }

    @Test
    void everybody_s_amnesty_reaches_back_and_not_ahead_and_is_on_record() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        site.call.forgive(TestPresence.ONE, RollCall.EVERYBODY, new Actor("property"), "演练后");
        clock.advance(Duration.ofMinutes(1));
        site.granted(42, 1, TestPresence.card(3), clock.instant());
        site.read();
        tell();
        assertThat(records(42))
                .containsExactly(new PresenceRecord(2, 7, clock.instant().getEpochSecond(), PresenceRecord.LIVE));
        assertThat(database.jdbc()
                        .sql("select who, why, subject from presence_amnesty")
                        .query((row, n) -> row.getString(1) + " " + row.getString(2) + " " + row.getLong(3))
                        .list())
                .containsExactly("property 演练后 0");
        assertThat(database.jdbc()
                        .sql("select action from audit_entry where subject = 'everybody'")
                        .query(String.class)
                        .list())
                .containsExactly("presence.amnesty");
    }

    @Test
    void amnesty_outlives_a_reading_of_all_events_again() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        site.call.forgive(TestPresence.ONE, 1, new Actor("property"), "误判");
        site.call.readAgain(TestPresence.ONE);
        site.read();
        tell();
        assertThat(records(44)).isEmpty();
        assertThat(site.call.areas(TestPresence.ONE).get(0).inside()).hasSize(1);
    }

    // ---- partitions

    @Test
    void while_a_device_is_cut_off_everything_known_is_as_old_as_its_last_word_and_live_again_afterwards() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        tell();
        clock.advance(Duration.ofMinutes(5));
        links.cut(44);
        long cut = clock.instant().getEpochSecond();
        clock.advance(Duration.ofMinutes(30));
        tell();
        assertThat(records(42))
                .containsExactlyInAnyOrder(
                        new PresenceRecord(PresenceRecord.EVERYBODY_ELSE, 0, 0, cut),
                        new PresenceRecord(1, 7, T.getEpochSecond(), cut));
        links.connect(44);
        links.heard(44, 0);
        tell();
        assertThat(records(42)).containsExactly(new PresenceRecord(1, 7, T.getEpochSecond(), PresenceRecord.LIVE));
    }

    @Test
    void a_device_that_came_back_with_a_backlog_is_not_heard_before_it_has_told_it() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        links.cut(44);
        clock.advance(Duration.ofMinutes(10));
        links.connect(44);
        long back = clock.instant().getEpochSecond();
        tell();
        assertThat(asOf(42)).as("it has not spoken").isEqualTo(back);
        links.heard(44, 4_000);
        tell();
        assertThat(asOf(42)).isEqualTo(back);
        links.heard(44, 3);
        tell();
        assertThat(asOf(42)).isEqualTo(PresenceRecord.LIVE);
    }

    @Test
    void events_that_are_not_read_yet_make_the_knowledge_as_old_as_the_last_one_read() {
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        site.journal(42).fill(1_100);
        clock.advance(Duration.ofMinutes(1));
        site.send(42);
        tell();
        assertThat(asOf(42)).isEqualTo(Instant.parse("2026-05-01T08:10:00Z").getEpochSecond());
        site.read();
        tell();
        assertThat(asOf(42)).isEqualTo(PresenceRecord.LIVE);
    }

    @Test
    void an_estate_without_areas_gets_no_such_list() {
        site.points(0, 0, 0, 0);
        site.lists.lists().compile(site.estate.estate().device(address(44)).orElseThrow());
        site.granted(42, 1, TestPresence.card(1), T);
        site.read();
        tell();
        assertThat(newest(42)).isEmpty();
    }

    /** A second and a bit later than ever before, and long after a slow one. */
    private void tell() {
        now += 60 * SECOND;
        told.tell(TestPresence.ONE, now);
    }

    private long asOf(long device) {
        return records(device).get(records(device).size() - 1).asOfSecond();
    }

    private static DeviceAddress address(long device) {
        return DeviceAddress.of(1, device);
    }

    private Optional<SignedList> newest(long device) {
        return site.lists.lists().newest(address(device), ListKind.PRESENCE);
    }

    private List<PresenceRecord> records(long device) {
        return newest(device).orElseThrow().records(PresenceRecord.class);
    }

    private long version(long device) {
        return newest(device)
                .map(SignedList::header)
                .map(ListHeader::version)
                .orElseThrow()
                .number();
    }
}
