package io.zhitong.backend.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The live feed over HTTP, read line by line. */
@BothDatabases
final class WallStreamTest {
    private static final Pattern ID = Pattern.compile("id:(\\d+)");

    private final RunningBackend backend;
    private final TestJournal journal = new TestJournal(1, 42, new SecureRandom().nextLong() & Long.MAX_VALUE);
    private final Browser browser;

    WallStreamTest(RunningBackend backend) {
        this.backend = backend;
        browser = backend.browser().as("property");
    }

    @Test
    void an_event_stored_while_somebody_looks_is_told_at_once() {
        long before = newest();
        try (Stream<String> lines = stream("/wall/stream?after=" + before).body()) {
            Iterator<String> told = lines.iterator();
            store(1);
            assertThat(ids(told, 1)).containsExactly(before + 1);
        }
    }

    @Test
    void a_browser_that_comes_back_gets_exactly_what_it_missed() {
        long before = newest();
        store(5);
        HttpResponse<Stream<String>> answer =
                browser.stream("/wall/stream?after=0", "Last-Event-ID", "" + (before + 2));
        try (Stream<String> lines = answer.body()) {
            assertThat(ids(lines.iterator(), 3)).containsExactly(before + 3, before + 4, before + 5);
        }
    }

    @Test
    void more_events_than_one_look_holds_come_in_order_without_a_hole() {
        long before = newest();
        store(230);
        try (Stream<String> lines = stream("/wall/stream?after=" + before).body()) {
            List<Long> ids = ids(lines.iterator(), 230);
            assertThat(ids)
                    .hasSize(230)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .startsWith(before + 1)
                    .endsWith(before + 230);
        }
    }

    @Test
    void a_stream_says_how_the_devices_are_and_is_kept_by_no_cache() {
        HttpResponse<Stream<String>> answer = stream("/wall/stream?after=" + newest());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        try (Stream<String> lines = answer.body()) {
            Iterator<String> told = lines.iterator();
            assertThat(until(told, "event:devices")).endsWith("event:devices");
            assertThat(told.next()).startsWith("data:[").contains("1号楼门禁控制器", "社区便利店收款机");
        }
    }

    @Test
    void a_stream_speaks_the_language_of_its_user() {
        browser.get("/?lang=en");
        long before = newest();
        store(1);
        try (Stream<String> lines = stream("/wall/stream?after=" + before).body()) {
            assertThat(lines.filter(line -> line.contains("\"what\""))
                            .findFirst()
                            .orElseThrow())
                    .contains("device started");
        }
    }

    @Test
    void without_a_log_in_and_for_a_role_without_the_wall_there_is_no_stream() {
        HttpResponse<Stream<String>> nobody = backend.browser().stream("/wall/stream");
        nobody.body().close();
        assertThat(nobody.statusCode()).isIn(302, 401);
        HttpResponse<Stream<String>> finance = backend.browser().as("finance").stream("/wall/stream");
        finance.body().close();
        assertThat(finance.statusCode()).isEqualTo(403);
    }

    @Test
    void a_door_is_not_opened_without_a_reason_or_with_one_that_is_too_long() {
        for (String why : new String[] {"", "   ", "原".repeat(41)}) {
            assertThat(open(Map.of("device", "42", "point", "1", "why", why)).body())
                    .contains("1 到 40 个字");
        }
    }

    @Test
    void what_is_no_door_is_not_opened_and_is_no_fault_of_the_program() {
        for (Map<String, String> form : List.of(
                Map.of("device", "-1", "point", "1", "why", "试试"),
                Map.of("device", "4294967296", "point", "1", "why", "试试"),
                Map.of("device", "42", "point", "65536", "why", "试试"),
                Map.of("device", "x", "point", "1", "why", "试试"),
                Map.of("device", "42", "why", "试试"))) {
            assertThat(open(form).statusCode()).as(form.toString()).isEqualTo(400);
        }
    }

    @Test
    void a_door_whose_device_is_away_says_so_and_stays_shut() {
        assertThat(open(Map.of("device", "4711", "point", "1", "why", "试试")).body())
                .contains("设备未连接");
    }

    @Test
    void the_wall_offers_every_order_for_a_door_and_for_the_site_in_both_languages() {
        String chinese = browser.get("/wall").body();
        assertThat(chinese).contains("封锁", "常开", "恢复正常", "放行刚才被拒的人", "火警复位", "反潜回赦免", "警戒级别");
        assertThat(chinese).doesNotContain("??");
        browser.get("/?lang=en");
        assertThat(browser.get("/wall").body()).contains("Lock down", "Let in who was denied", "Free a fire zone");
    }

    @Test
    void an_order_for_the_site_tells_which_controllers_did_not_carry_it_out() {
        String told = site("LOCK_DOWN", "0", "0", "30", "演练").body();
        assertThat(told).contains("台控制器中 0 台已执行", "1号楼门禁控制器：设备未连接", "alert-danger");
    }

    @Test
    void an_order_for_the_site_needs_a_reason_and_a_number_that_means_something() {
        assertThat(site("LOCK_DOWN", "0", "0", "0", " ").body()).contains("1 到 40 个字");
        for (String[] wrong : new String[][] {
            {"THREAT", "256", "0", "0"},
            {"FIRE", "0", "0", "0"},
            {"FIRE", "65536", "0", "0"},
            {"LOCK_DOWN", "1", "0", "0"},
            {"AMNESTY", "4294967296", "0", "0"},
            {"THREAT", "-1", "0", "0"},
            {"THREAT", "1", "65536", "0"},
            {"THREAT", "1", "0", "-1"},
            {"THREAT", "1", "0", "527041"}
        }) {
            assertThat(site(wrong[0], wrong[1], wrong[2], wrong[3], "演练").body())
                    .as(String.join(" ", wrong))
                    .contains("不能使用这个数值");
        }
        assertThat(site("OPEN", "0", "0", "0", "演练").statusCode()).isEqualTo(400);
    }

    @Test
    void orders_for_a_device_itself_need_a_reason_an_output_and_a_time_within_bounds() {
        for (String why : new String[] {"", "   ", "原".repeat(41)}) {
            assertThat(browser.post("/wall/clock", Map.of("device", "42", "why", why))
                            .body())
                    .contains("1 到 40 个字");
            assertThat(pulse("31", "3", why).body()).contains("1 到 40 个字");
        }
        for (String[] wrong : new String[][] {{"31", "0"}, {"31", "601"}, {"31", "-1"}, {"-1", "3"}, {"65536", "3"}}) {
            assertThat(pulse(wrong[0], wrong[1], "试灯").body())
                    .as(String.join(" ", wrong))
                    .contains("1 到 600 秒");
        }
        assertThat(pulse("x", "3", "试灯").statusCode()).isEqualTo(400);
        assertThat(pulse("31", "3", "试灯").body()).contains("设备未连接", "alert-danger");
        assertThat(browser.post("/wall/clock", Map.of("device", "4711", "why", "对表"))
                        .body())
                .contains("设备未连接");
        assertThat(browser.post("/wall/clock", Map.of("device", "-1", "why", "对表"))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> pulse(String terminal, String seconds, String why) {
        return browser.post(
                "/wall/pulse", Map.of("device", "4711", "terminal", terminal, "seconds", seconds, "why", why));
    }

    @Test
    void a_visitor_is_brought_up_by_a_lift_and_a_home_that_exist_with_a_reason_and_a_time() {
        for (String[] wrong : new String[][] {
            {"1号楼101", "5", " ", "1 到 40 个字"},
            {"1号楼101", "0", "访客", "1 到 60 分钟"},
            {"1号楼101", "61", "访客", "1 到 60 分钟"},
            {"1号楼101", "5", "访客", "没有这部电梯"}
        }) {
            assertThat(browser.post(
                                    "/wall/lift",
                                    Map.of("lift", "42-1", "unit", wrong[0], "minutes", wrong[1], "why", wrong[2]))
                            .body())
                    .contains(wrong[3], "alert-danger");
        }
        assertThat(browser.get("/wall").body()).contains("访客派梯", "楼层序号");
    }

    @Test
    void a_lift_is_on_the_wall_and_a_home_without_a_floor_there_brings_nobody_up() {
        CommunityId here = journal.community();
        Estate estate = backend.bean(Estate.class);
        estate.addPoint(
                new PointRow(here, new DeviceId(42), new PointId(77), PointKind.LIFT, AccessMethod.SEALED, "测试电梯"));
        try {
            assertThat(browser.get("/wall").body()).contains("value=\"42-77\"", "测试电梯", "不开门");
            String home = estate.units(here).get(0).name();
            assertThat(lift(home, "").body()).contains("无权用此电梯接待访客");
            assertThat(lift(home, "7").body()).contains("无权用此电梯接待访客");
            assertThat(lift("没有的房号", "").body()).contains("没有这个房号");
        } finally {
            backend.bean(JdbcClient.class)
                    .sql("delete from device_point where community_id = ? and number = 77")
                    .param(here.value())
                    .update();
        }
    }

    private HttpResponse<String> lift(String home, String floor) {
        return browser.post(
                "/wall/lift",
                Map.of("lift", "42-77", "unit", home, "floor", floor, "minutes", "5", "door", "42-1", "why", "访客"));
    }

    private HttpResponse<String> site(String what, String number, String area, String minutes, String why) {
        return browser.post(
                "/wall/site", Map.of("what", what, "number", number, "area", area, "minutes", minutes, "why", why));
    }

    private HttpResponse<String> open(Map<String, String> form) {
        return browser.post("/wall/open", form);
    }

    private HttpResponse<Stream<String>> stream(String path) {
        return browser.stream(path);
    }

    private void store(int count) {
        int known = journal.records().size();
        for (int i = 0; i < count; i++) {
            journal.write(EventKind.DEVICE_STARTED, 0, new byte[0]);
        }
        List<JournalRecord> fresh = journal.records().subList(known, known + count);
        backend.bean(EventStore.class).append(journal.community(), journal.device(), journal.id(), fresh);
    }

    private long newest() {
        return backend.bean(EventReader.class).newest(journal.community());
    }

    private static List<Long> ids(Iterator<String> told, int count) {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < count && told.hasNext()) {
            Matcher found = ID.matcher(told.next());
            if (found.matches()) {
                ids.add(Long.valueOf(found.group(1)));
            }
        }
        return ids;
    }

    private static List<String> until(Iterator<String> told, String line) {
        List<String> read = new ArrayList<>();
        while (told.hasNext()) {
            read.add(told.next());
            if (read.get(read.size() - 1).equals(line)) {
                return read;
            }
        }
        return read;
    }
}
