package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
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
            "/boards",
            "/devices",
            "/devices/42",
            "/homes",
            "/rules",
            "/wiring",
            "/bench",
            "/ledger",
            "/settlement",
            "/nowhere");

    BrowserStoryH2IT() {
        super("h2");
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
        screen().script("localStorage.setItem('theme', 'light')");
        assertEquals(List.of(), found);
    }

    private void search(String theme, Function<Screen, List<String>> barriers, List<String> found) {
        screen().script("localStorage.setItem('theme', arguments[0])", theme);
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
}
