package io.zhitong.edge.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InstallerServerTest {

    @TempDir
    private Path folder;

    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> clicks = new ArrayList<>();
    private boolean enrolled = true;
    private InstallerServer server;
    private Browser browser;

    private final DeviceDesk desk = new DeviceDesk() {
        @Override
        public List<Fact> facts() {
            return List.of(new Fact(new Text("软件", "Software"), Text.same("<b>1.0</b>")));
        }

        @Override
        public boolean enrolled() {
            return enrolled;
        }

        @Override
        public void enrol(String token) {
            tokens.add(token);
        }

        @Override
        public Workbench workbench() {
            return bench;
        }
    };

    private final Workbench bench = new Workbench() {
        @Override
        public List<PointView> points() {
            LineView line = new LineView(3, new Text("出门按钮", "exit button"), new Text("动作", "active"), true, true);
            return List.of(new PointView(1, "大门<script>", "door-1", 7, false, true, true, List.of(line)));
        }

        @Override
        public void click(int point) {
            clicks.add(point);
        }

        @Override
        public List<Text> cards() {
            return List.of(new Text("门点 1:64 位", "point 1: 64 bits"));
        }
    };

    @BeforeEach
    void open() throws Exception {
        Path file = folder.resolve("installer-code");
        server = InstallerServer.start(new InstallerSection("127.0.0.1", 0), desk, file, Clock.systemUTC());
        browser = new Browser(server.port(), file);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nothing_is_shown_or_done_before_the_code() throws Exception {
        for (String path : List.of("/", "/live", "/report", "/log", "/anything")) {
            String text = browser.get(path).body();
            assertTrue(text.contains("一次性安装码"), path);
            assertFalse(text.contains("大门"), path);
        }
        assertEquals(403, browser.post("/click", "point", "1").statusCode());
        assertEquals(403, browser.post("/enrol", "token", "t").statusCode());
        assertTrue(clicks.isEmpty() && tokens.isEmpty());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("installer-code"))));
    }

    @Test
    void code_lets_in_with_a_cookie_that_no_script_and_no_other_page_gets() throws Exception {
        assertEquals(403, browser.post("/login", "code", "wrong").statusCode());
        HttpResponse<String> answer = browser.login();
        assertEquals(303, answer.statusCode());
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.endsWith("; Path=/; HttpOnly; Secure; SameSite=Strict"), cookie);
        assertTrue(browser.get("/").body().contains("出门按钮"));
    }

    @Test
    void page_speaks_chinese_first_and_english_on_request_and_escapes_what_it_is_told() throws Exception {
        browser.login();
        String chinese = browser.get("/").body();
        String english = browser.get("/?lang=en").body();
        assertTrue(chinese.contains("lang=\"zh-CN\"") && chinese.contains("动作一次") && chinese.contains("门点 1:64 位"));
        assertTrue(english.contains("lang=\"en\"") && english.contains("Release once"));
        assertTrue(english.contains("point 1: 64 bits"));
        assertTrue(chinese.contains("大门&lt;script&gt;") && chinese.contains("&lt;b&gt;1.0"));
        assertFalse(chinese.contains("大门<script>"));
    }

    @Test
    void policy_lets_no_inline_script_run_and_the_page_has_none() throws Exception {
        browser.login();
        HttpResponse<String> answer = browser.get("/");
        String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
        // By this a browser tells the page that its own forms are its own: with no-referrer it would send Origin: null.
        assertEquals(
                "same-origin", answer.headers().firstValue("Referrer-Policy").orElseThrow());
        assertTrue(policy.startsWith("default-src 'none'; style-src 'self'; script-src 'self'"));
        assertFalse(policy.contains("unsafe"));
        assertFalse(answer.body().contains("<script>") || answer.body().contains("onclick"));
        assertEquals(200, browser.get("/installer.js").statusCode());
        assertEquals(200, browser.get("/installer.css").statusCode());
    }

    @Test
    void relay_is_clicked_and_a_number_that_is_none_is_not() throws Exception {
        browser.login();
        assertEquals(303, browser.post("/click", "point", "1").statusCode());
        for (String bad : List.of("", "x", "-1", "123456")) {
            browser.post("/click", "point", bad);
        }
        assertEquals(List.of(1), clicks);
    }

    @Test
    void form_of_another_page_is_refused() throws Exception {
        browser.login();
        assertEquals(
                403,
                browser.post("/click", "point", "1", "https://elsewhere.example")
                        .statusCode());
        assertEquals(403, browser.post("/click", "point", "1", "null").statusCode());
        assertTrue(clicks.isEmpty());
    }

    @Test
    void token_is_taken_by_a_device_that_is_not_enrolled_only() throws Exception {
        browser.login();
        browser.post("/enrol", "token", "late");
        enrolled = false;
        assertTrue(browser.get("/").body().contains("更换故障设备"));
        browser.post("/enrol", "token", "abc+/= 1");
        assertEquals(List.of("abc+/= 1"), tokens);
    }

    @Test
    void report_refuses_the_fire_zone_without_a_contact() throws Exception {
        browser.login();
        String report = browser.get("/report").body();
        assertTrue(report.contains("不予验收") && report.contains("属于消防分区 7"), report);
        assertTrue(browser.get("/report?lang=en").body().contains("Not accepted"));
    }

    @Test
    void log_shows_what_was_logged_and_neither_code_nor_session() throws Exception {
        String code = browser.code();
        browser.login();
        LoggerFactory.getLogger("planted").info("a line <of> the log");
        String log = browser.get("/log").body();
        assertTrue(log.contains("a line &lt;of&gt; the log"));
        assertFalse(log.contains(code) || log.contains(browser.code()));
    }

    @Test
    void who_left_is_out() throws Exception {
        browser.login();
        browser.post("/logout", "point", "");
        assertEquals(403, browser.get("/live").statusCode());
    }
}
