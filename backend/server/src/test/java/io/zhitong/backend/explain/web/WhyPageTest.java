package io.zhitong.backend.explain.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.SharedLists;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.explain.InstalledLists;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.cardspec.CredentialNumber;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over HTTP, from the lists of the demo's controller. */
final class WhyPageTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final CredentialNumber STRANGER = CredentialNumber.parse("4403019900000001");

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser property = backend.browser().as("property");
    private final TestJournal journal = new TestJournal(1, 42, new SecureRandom().nextLong() & Long.MAX_VALUE);

    @Test
    void a_denial_leads_from_the_wall_to_its_reason_then_and_now_in_two_languages() {
        long position = denied(DenyReason.UNKNOWN_CREDENTIAL);
        assertThat(property.get("/wall?show=ACCESS&lang=zh-CN").body())
                .contains("href=\"/why/" + position + "\"")
                .contains("为什么？");
        String page = property.get("/why/" + position + "?lang=zh-CN").body();
        assertThat(page)
                .contains("data-standing=\"AGREES\"", "重演一致", "卡未登记")
                .contains("登记凭证", STRANGER.toString())
                .contains("id=\"then\"", "id=\"now\"", "门禁名单");
        assertThat(page.split("data-said=\"REFUSED\"", -1)).as("then and now").hasSize(3);
        assertThat(property.get("/why/" + position + "?lang=en").body())
                .contains("The replay agrees", "not on this door&#39;s list")
                .doesNotContain("重演一致");
    }

    @Test
    void an_event_of_lists_that_nobody_knows_says_so() {
        long position = store(DenyReason.UNKNOWN_CREDENTIAL, new ListVersion(9, 9));
        assertThat(property.get("/why/" + position + "?lang=zh-CN").body())
                .contains("data-standing=\"NOT_KEPT\"", "该版本已不再保存", "没有可以重演的内容");
    }

    /** The demo's doors lead nowhere else; a point that does is signed for a controller of this test's own. */
    @Test
    void a_refusal_for_an_area_tells_what_the_controller_knew_and_what_is_known_now() {
        DeviceAddress own = DeviceAddress.of(1, 8_042);
        backend.bean(Estate.class).addDevice(new DeviceRow(ONE, own.device(), DeviceKind.CONTROLLER, "区域门"));
        PointRecord point = PointRecord.of(
                        new PointId(1),
                        PointKind.DOOR,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.NONE,
                        PointTimes.of(3000, 0),
                        "门")
                .with(new PointPlace(0, 7, 0, PointPlace.ANY_THREAT));
        SharedLists shared = backend.bean(SharedLists.class);
        DeviceRow row = backend.bean(Estate.class).device(own).orElseThrow();
        shared.publish(List.of(row), ListKind.POINTS, List.of(point));
        shared.publish(
                List.of(row),
                ListKind.AREAS,
                List.of(new AreaRecord(7, AntiPassback.HARD, 0, 20, StalePolicy.DECIDE, 60, "一号楼")));
        TestJournal there = new TestJournal(1, 8_042, 0x1F6A);
        for (ListHeader header : lists().headers(own)) {
            there.write(
                    EventKind.LIST_INSTALLED,
                    0,
                    new ListEvent(header.kind(), Optional.empty(), header.version(), header.root()).encode());
        }
        there.write(
                EventKind.ACCESS_DENIED,
                1,
                inside(DenyReason.ANTI_PASSBACK, 7, 20).encode(),
                Instant.now(),
                ClockQuality.SYNCHRONISED);
        backend.bean(EventStore.class).append(ONE, there.device(), there.id(), there.records());
        long position = backend.bean(EventReader.class).before(ONE, Long.MAX_VALUE, 50).stream()
                .filter(each -> each.record().journal().equals(there.id()))
                .findFirst()
                .orElseThrow()
                .position();
        Eventually.holds(
                "installed lists are read",
                () -> property.get("/why/" + position).body().contains("id=\"place\""));
        assertThat(property.get("/why/" + position + "?lang=zh-CN").body())
                .contains("控制器当时所知", "在一号楼，自", "5 秒", "计有 20 人，上限 20 人，已满", "后台没有保存这么早的通行");
        assertThat(property.get("/why/" + position + "?lang=en").body())
                .contains("20 persons counted, 20 at most, full", "No passage that old is kept");
        property.get("/wall?lang=zh-CN");
    }

    private static AccessEvent inside(DenyReason reason, int area, long count) {
        Circumstances site = new Circumstances(
                Optional.empty(),
                0,
                0,
                false,
                false,
                0,
                new Circumstances.Place(area, 1_777_600_000, 5, count),
                0,
                0,
                new Circumstances.Seen(Set.of(), Set.of(), false, 0, -1, -1, Optional.empty(), "", false));
        return new AccessEvent(
                        Outcome.DENIED,
                        reason,
                        Optional.of(STRANGER),
                        AccessMethod.SEALED,
                        CarrierLevel.SEALED_CARD,
                        ListVersion.NONE,
                        List.of(),
                        Octets.EMPTY)
                .at(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775807"})
    void a_position_without_a_decision_is_not_found(String position) {
        assertThat(property.get("/why/" + position).statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_no_position_is_a_bad_request_and_who_has_no_wall_has_no_why() {
        assertThat(property.get("/why/x").statusCode()).isEqualTo(400);
        assertThat(backend.browser().as("finance").get("/why/1").statusCode()).isEqualTo(403);
    }

    private long denied(DenyReason reason) {
        Eventually.holds(
                "lists of the demo", () -> lists().newest(DOOR, ListKind.ACCESS).isPresent());
        for (ListHeader header : lists().headers(DOOR)) {
            ListEvent event = new ListEvent(header.kind(), Optional.empty(), header.version(), header.root());
            journal.write(EventKind.LIST_INSTALLED, 0, event.encode());
        }
        return store(
                reason,
                lists().newest(DOOR, ListKind.ACCESS).orElseThrow().header().version());
    }

    private long store(DenyReason reason, ListVersion version) {
        byte[] body = new AccessEvent(
                        Outcome.DENIED,
                        reason,
                        Optional.of(STRANGER),
                        AccessMethod.SEALED,
                        CarrierLevel.SEALED_CARD,
                        version,
                        List.of(),
                        Octets.EMPTY)
                .encode();
        journal.write(EventKind.ACCESS_DENIED, 1, body, Instant.now(), ClockQuality.SYNCHRONISED);
        backend.bean(EventStore.class).append(ONE, journal.device(), journal.id(), journal.records());
        EventReader events = backend.bean(EventReader.class);
        long position = events.before(ONE, Long.MAX_VALUE, 50).stream()
                .filter(each -> each.record().journal().equals(journal.id()))
                .findFirst()
                .orElseThrow()
                .position();
        boolean listed = journal.records().size() > 1;
        Eventually.holds(
                "what was installed is known",
                () -> !listed
                        || backend.bean(InstalledLists.class)
                                .at(events.at(ONE, position).orElseThrow())
                                .containsKey(ListKind.POINTS));
        return position;
    }

    private DeviceLists lists() {
        return backend.bean(DeviceLists.class);
    }
}
