package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The story on H2, and then what else the screen must be: strict with roles, fit for everybody's eyes. */
final class BrowserStoryH2IT extends BrowserStory {
    private static final List<String> PAGES = List.of(
            "/",
            "/desk",
            "/wall",
            "/gaps",
            "/drills",
            "/sync",
            "/presence",
            "/parking",
            "/alarms",
            "/pictures",
            "/boards",
            "/devices",
            "/devices/42",
            "/homes",
            "/persons",
            "/persons/import",
            "/rules",
            "/wiring",
            "/bench",
            "/ledger",
            "/merchants",
            "/span",
            "/span/days",
            "/belonging",
            "/settlement",
            "/nowhere");

    private static final int INSTALLER = 8;
    /** Code of docs/link.md. */
    private static final int ALARM_INPUT = 6;
    /** A watcher in the page: when the words first stood there, by the machine's clock. */
    private static final String STOPWATCH = """
            const lines = document.querySelector('#lines');
            window.alarmSeen = 0;
            new MutationObserver(() => {
                if (!window.alarmSeen && lines.innerText.includes('输入报警')) {
                    window.alarmSeen = Date.now();
                }
            }).observe(lines, {childList: true, subtree: true});""";

    private final Panel panel = new Panel();

    BrowserStoryH2IT() {
        super("h2");
        panel.turn(FireWires.ALARM, Panel.RESTING);
    }

    @AfterAll
    void unplug() {
        panel.close();
    }

    @Override
    Map<String, String> environment() {
        return Map.of("ZHITONG_BOARD", panel.address(), "ZHITONG_INSTALLER_PORT", Integer.toString(port() + INSTALLER));
    }

    @Override
    String holder() {
        return "张伟";
    }

    @Override
    void picture(String name) {
        Album.take(screen(), name);
    }

    @Test
    @Order(15)
    void an_alarm_at_an_input_of_the_controller_stands_in_the_browser_within_two_seconds() {
        Rulebook rules = new Rulebook(url());
        rules.approve(
                rules.drafted("报警接线", List.of(Rulebook.input(FireWires.ALARM, 1, ALARM_INPUT, true))),
                Map.of("percent", "100"));
        atWall();
        screen().script(STOPWATCH);
        panel.turn(FireWires.ALARM, Panel.CUT);
        screen().sees("#lines .wall-alarm", "防拆报警");
        panel.turn(FireWires.ALARM, Panel.RESTING);
        screen().sees("#lines", "防拆报警结束");
        long closed = System.currentTimeMillis();
        panel.turn(FireWires.ALARM, Panel.CALLING);
        screen().sees("#lines .wall-alarm", "输入报警");
        long took = ((Number) screen().script("return window.alarmSeen")).longValue() - closed;
        assertTrue(took >= 0 && took <= AlarmToWall.MOST.toMillis(), took + " ms");
        panel.turn(FireWires.ALARM, Panel.RESTING);
    }

    @Test
    @Order(16)
    void who_would_gain_and_lose_is_shown_before_and_a_first_device_may_go_ahead_and_back() {
        Rulebook rules = new Rulebook(url());
        long before = version();
        rules.approve(
                rules.drafted(
                        "办公时间", List.of(hours("1", "12345 08:00-18:00"), Rulebook.rule("1", "大门办公时间", "42-1", "1"))),
                Map.of("percent", "100"));
        String draft =
                rules.drafted("周末", List.of(hours("1", "67 09:00-12:00"), Rulebook.rule("0", "车库随时", "42-2", "0")));
        atDesk();
        screen().open("/rules/whatif?draft=" + draft);
        screen().sees("#lines .rules-sign-gained", "+");
        screen().sees("#lines .rules-sign-lost", "−");
        picture("rules-whatif");
        List<String> found = new ArrayList<>(screen().judged("/rules/whatif?draft=" + draft));
        screen().open("/rules/whatif?draft=" + draft);
        screen().click("#approve option[value='42']");
        screen().click("#approve button");
        screen().sees("#rollout h2", "1");
        picture("rules-rollout");
        found.addAll(screen().judged("/rules"));
        screen().type("#rollout form[action='/rules/takeback'] input[name='why']", "门口排队");
        screen().click("#rollout form[action='/rules/takeback'] button");
        screen().awaits("#version[data-version='" + (before + 3) + "']");
        assertFalse(screen().has("#rollout"), "nothing is being rolled out");
        rules.back(before);
        assertEquals(List.of(), found);
    }

    private long version() {
        return Long.parseLong(Console.find(Console.of(url(), "admin").get("/rules"), "data-version=\"([0-9]+)\"")
                .orElseThrow());
    }

    private static Map<String, String> hours(String id, String windows) {
        return Map.of("kind", "3", "id", id, "name", "时段", "windows", windows);
    }

    @Test
    @Order(17)
    void the_reason_of_a_passage_is_a_page_without_barriers_on_a_phone_too() {
        atDesk();
        screen().open("/wall?show=ACCESS");
        String why = String.valueOf(screen().script("return document.querySelector('#lines .wall-why').pathname"));
        List<String> found = screen().judged(why);
        screen().open(why);
        screen().sees("#standing", "一致");
        picture("why");
        assertEquals(List.of(), found);
    }

    @Test
    @Order(18)
    void the_installer_s_page_of_the_real_controller_has_no_barriers_on_a_phone_too() throws IOException {
        atDesk();
        String page = "https://localhost:" + (port() + INSTALLER);
        String code = Files.readString(data().resolve("controller/installer-code"));
        List<String> found = new ArrayList<>(screen().judged(page + "/"));
        screen().open(page + "/");
        screen().type(
                        "input[name='code']",
                        Console.find(code, "code ([0-9]{8})").orElseThrow());
        screen().click("form[action='/login'] button");
        screen().sees("body", "1号楼大门");
        screen().script("document.body.insertAdjacentHTML('beforeend', '<button></button>')");
        assertTrue(screen().barriers().toString().contains("button-name"), "the search finds a planted one");
        for (String path : List.of("/", "/report", "/log")) {
            found.addAll(screen().judged(page + path));
        }
        screen().open(page + "/");
        picture("installer");
        assertEquals(List.of(), found);
    }

    @Test
    @Order(20)
    void a_lost_card_is_refused_as_lost_as_soon_as_the_controller_holds_the_new_list() {
        atDesk();
        screen().open("/desk");
        screen().click("a[data-person]", holder());
        screen().click("form[hx-post='/desk/loss'] button");
        screen().sees("#desk-done", "已挂失");
        screen().open("/bench");
        soon("refused as lost", () -> {
            screen().click("#put-card-1-door-1");
            screen().awaits("#place-door-1 .bench-card");
            screen().awaits("#put-card-1-door-1");
            return screen().texts("#place-door-1 .bench-verdict").stream()
                    .filter(told -> told.contains("挂失"))
                    .findFirst();
        });
        picture("bench-lost");
        atWall();
        screen().sees("#lines .wall-denied", "挂失");
    }

    @Test
    @Order(21)
    void the_wall_opens_a_door_with_a_reason_and_not_without() {
        atWall();
        screen().click("#why-42-1 ~ button");
        assertEquals("", screen().script("return document.getElementById('outcome-42-1').textContent.trim()"));
        screen().type("#why-42-1", "住户忘带卡，已核实身份");
        screen().click("#why-42-1 ~ button");
        screen().sees("#outcome-42-1", "已开门");
        screen().sees("#lines", "指令已执行");
        picture("wall-open");
    }

    @Test
    @Order(21)
    void a_drill_is_started_and_watched_and_a_step_that_nobody_did_fails_it() {
        atDesk();
        screen().open("/drills");
        screen().script("document.getElementById('kind').value = 'HELD'");
        screen().click("input[value='42:1']");
        picture("drills");
        screen().click("form[action='/drills'] button");
        screen().sees("#drill", "进行中");
        picture("drill");
        screen().click("#drill form button");
        screen().sees("#drill", "未通过");
        screen().sees("#steps tr[data-verdict=MISSING]", "未见");
    }

    @Test
    @Order(22)
    void the_barrier_search_finds_a_planted_barrier_and_then_none_on_any_page_light_or_dark() {
        atDesk();
        screen().open("/");
        screen().script("document.querySelector('main').insertAdjacentHTML('beforeend',"
                + " '<button></button><img src=/img/logo.svg><p id=pale>pale</p>');"
                + " document.getElementById('pale').style.color = '#f0f0f0'");
        String planted = screen().barriers().toString();
        List.of("button-name", "image-alt", "color-contrast")
                .forEach(rule -> assertTrue(planted.contains(rule), () -> rule + " in " + planted));
        assertEquals(1, screen().paleColours().size());
        List<String> found = new ArrayList<>();
        search("light", Screen::barriers, found);
        // The dark theme differs by its colours only.
        search("dark", Screen::paleColours, found);
        screen().theme("light");
        assertEquals(List.of(), found);
    }

    private void search(String theme, Function<Screen, List<String>> barriers, List<String> found) {
        screen().theme(theme);
        for (String page : PAGES) {
            screen().open(page);
            barriers.apply(screen()).forEach(barrier -> found.add(theme + " " + page + " " + barrier));
        }
    }

    @Test
    @Order(23)
    void on_a_phone_no_page_is_wider_than_the_phone() {
        screen().size(390, 844);
        List<String> wide = new ArrayList<>();
        for (String page : PAGES) {
            screen().open(page);
            long width = (Long) screen().script("return document.documentElement.scrollWidth");
            if (width > 390) {
                wide.add(page + " " + width);
            }
        }
        screen().size(1366, 768);
        assertEquals(List.of(), wide);
    }

    @Test
    @Order(24)
    void everything_can_be_read_in_english() {
        Pattern chinese = Pattern.compile("\\p{IsHan}{2,}");
        screen().open("/?lang=en");
        for (String page : List.of("/", "/settlement", "/nowhere")) {
            screen().open(page);
            String text = String.valueOf(screen().script("return document.querySelector('main').innerText"));
            assertFalse(chinese.matcher(text.replaceAll("管理员|社区便利店", "")).find(), text);
        }
        screen().open("/");
        picture("home-english");
        screen().open("/?lang=zh-CN");
        picture("home");
    }

    @Test
    @Order(25)
    void a_role_without_rights_is_refused_the_page_and_not_shown_the_way_there() {
        screen().open("/");
        assertTrue(screen().has(".shell-menu a[href='/wall']"), "the administrator sees the entry");
        screen().logOut();
        screen().logIn("desk", "zhitong-demo");
        screen().awaits(".shell-menu a[href='/desk']");
        for (String forbidden : List.of("/wall", "/ledger", "/settlement")) {
            assertFalse(screen().has(".shell-menu a[href='" + forbidden + "']"), forbidden);
            assertEquals(403, screen().status(forbidden), forbidden);
        }
        assertEquals(200, screen().status("/desk"));
        screen().open("/wall");
        screen().sees("main", "您没有权限");
    }

    @Test
    @Order(30)
    void key_officer_goes_from_the_map_of_keys_to_the_lineage_of_one() {
        screen().open("/");
        screen().logOut();
        screen().logIn("key_officer", "zhitong-demo");
        screen().sees("h1", "首页");
        KeyPages.mapLeadsToTheLineage(screen());
    }

    @Test
    @Order(31)
    void register_of_custody_is_written_and_counted() {
        KeyPages.registerIsWrittenAndCounted(screen());
    }

    @Test
    @Order(32)
    void audit_of_the_keys_is_checked() {
        KeyPages.auditIsChecked(screen());
    }

    @Test
    @Order(33)
    void everybody_can_read_the_pages_of_the_keys_also_on_a_phone() {
        KeyPages.everybodyCanReadThem(screen());
        screen().size(1366, 768);
    }
}
