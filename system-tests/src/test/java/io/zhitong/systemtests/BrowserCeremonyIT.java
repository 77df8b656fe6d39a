package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An installation of its own from the first set-up on; four custodians at one screen: the ceremony, opening by three of them, an order approved by two; for everybody's eyes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BrowserCeremonyIT {
    private static final List<String> NAMES = List.of("张保管", "李保管", "王保管", "赵保管");
    private static final List<String> PINS = List.of("583920", "926401", "174629", "805317");
    private static final String COLOUR = "return getComputedStyle(document.querySelector(arguments[0])).color";
    private static final String TRANSPARENT = "rgba(0, 0, 0, 0)";

    private final List<String> components = new ArrayList<>();
    private final List<String> shares = new ArrayList<>();
    private final List<String> barriers = new ArrayList<>();
    private Path data;
    private Started estate;
    private Screen screen;

    @BeforeAll
    void start() {
        Screen.needed();
        data = Folders.fresh("start-pg");
        Folders.databaseProgram(data.resolve("backend"));
        estate = Started.on(data, RunningEstate.freePorts(), "--no-demo", "--db", "pg")
                .ready();
        screen = new Screen(estate.url(), Folders.fresh("ceremony-downloads"));
        screen.size(1366, 1180);
    }

    @AfterAll
    void stop() {
        screen.close();
        estate.close();
    }

    @Test
    @Order(0)
    void without_demo_on_postgresql_vault_and_backend_run_and_every_commit_is_synced()
            throws IOException, SQLException {
        Shell.Result status = estate.status().succeeded();
        assertEquals(
                2,
                status.text().lines().filter(line -> line.contains(" ready ")).count(),
                status.text());
        String port =
                Files.readAllLines(data.resolve("backend/pg/postmaster.pid")).get(3);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show fsync")) {
            assertTrue(answer.next());
            assertEquals("on", answer.getString(1));
        }
    }

    @Test
    @Order(1)
    void first_set_up_leads_to_the_ceremony() throws IOException {
        FirstSetup.throughTheConsole(screen, estate, data);
    }

    @Test
    @Order(2)
    void four_custodians_join_a_ceremony_whose_fingerprint_stands_large() {
        look("/keys/door", "main", "还没有主密钥");
        look("/keys/ceremony", "#h-start", "开始仪式");
        screen.type("#vault-name", "和谐家园");
        screen.click("#start button");
        for (int i = 0; i < NAMES.size(); i++) {
            screen.sees("#h-join", "登记保管人 " + (i + 1));
            screen.type("#join-name", NAMES.get(i));
            screen.type("#join-pin", PINS.get(i));
            screen.type("#join-again", PINS.get(i));
            screen.click("#join button");
        }
        screen.sees("#h-commit", "承诺");
        assertEquals("password", screen.script("return document.querySelector('#commit-pin').type"));
        assertTrue(screen.texts("#fingerprint").get(0).length() >= 32);
    }

    @Test
    @Order(3)
    void a_component_is_drawn_and_committed_to_in_the_browser_and_shows_only_while_its_button_is_held() {
        for (int i = 0; i < NAMES.size(); i++) {
            choose("commit-who", i + 1);
            screen.type("#commit-pin", PINS.get(i));
            screen.click("#draw");
            String drawn = text("#drawn");
            components.add(drawn);
            assertEquals(drawn.replace(" ", ""), screen.script("return document.querySelector('#component').value"));
            assertEquals(TRANSPARENT, screen.script(COLOUR, "#drawn"));
            point("pointerdown", "#slip button");
            assertNotEquals(TRANSPARENT, screen.script(COLOUR, "#drawn"));
            point("pointerup", "#slip button");
            assertEquals(TRANSPARENT, screen.script(COLOUR, "#drawn"));
            if (i == 2) {
                barriers.addAll(screen.barriers());
                screen.script("document.activeElement.blur(); scrollTo({top: 0, behavior: 'instant'})");
                Album.take(screen, "key-ceremony");
            }
            screen.click("#commit button[type=submit]");
            screen.sees("#told", "保管人 " + (i + 1) + " 已作出承诺");
        }
        screen.sees("#h-reveal", "出示");
        assertFalse(text("#transcript").contains(components.get(0).replace(" ", "")));
        assertEquals(4, text("#transcript").split("commitment=", -1).length - 1);
    }

    @Test
    @Order(4)
    void what_the_browser_committed_to_is_what_the_vault_takes() {
        for (int i = 0; i < NAMES.size(); i++) {
            choose("reveal-who", i + 1);
            screen.type("#reveal-pin", PINS.get(i));
            screen.type("#reveal-component", components.get(i));
            screen.click("#reveal button[type=submit]");
            screen.sees("#told", "保管人 " + (i + 1) + " 的分量已收下");
        }
        screen.sees("#h-deal", "发放份额");
    }

    @Test
    @Order(5)
    void a_share_shows_only_while_its_button_is_held_and_comes_back_as_proof() {
        for (int i = 0; i < NAMES.size(); i++) {
            choose("deal-who", i + 1);
            screen.type("#deal-pin", PINS.get(i));
            screen.click("#deal button[type=submit]");
            screen.sees("#h-slip", "保管人 " + (i + 1));
            assertEquals(TRANSPARENT, screen.script(COLOUR, "#share-text"));
            shares.add(text("#share-text"));
        }
        barriers.addAll(screen.barriers());
        point("pointerdown", "#share-slip button");
        assertNotEquals(TRANSPARENT, screen.script(COLOUR, "#share-text"));
        screen.open("/keys/ceremony");
        for (int i = 0; i < NAMES.size(); i++) {
            choose("confirm-who", i + 1);
            screen.type("#confirm-pin", PINS.get(i));
            screen.type("#confirm-share", shares.get(i));
            screen.click("#confirm button[type=submit]");
            screen.sees("#told", "保管人 " + (i + 1) + " 的份额已回验");
        }
        choose("close-who", 1);
        screen.type("#close-pin", PINS.get(0));
        screen.click("#close button[type=submit]");
        screen.sees("#told", "仪式已完成");
    }

    @Test
    @Order(6)
    void sealed_masters_open_when_three_have_given_their_shares() {
        look("/keys/door", "#door", "已开启");
        screen.click("#seal input[type=checkbox]");
        screen.click("#seal button");
        screen.sees("#shares", "已收 0 份，需要 3 份");
        for (int custodian : new int[] {4, 2, 1}) {
            screen.type("#share", shares.get(custodian - 1));
            screen.click("#give button[type=submit]");
            if (custodian == 4) {
                screen.sees("#shares", "已收 1 份");
                barriers.addAll(screen.barriers());
                picture("door");
            } else if (custodian == 2) {
                screen.sees("#shares", "已收 2 份");
            }
        }
        screen.sees("#door", "已开启");
    }

    @Test
    @Order(7)
    void an_order_is_done_with_the_second_custodians_approval() {
        look("/keys/orders", "#h-custodians", "保管人");
        screen.script("document.querySelector('#version-key').value = 'DPK/2'");
        screen.click("#propose-version button");
        screen.sees(".keys-order h3", "DPK/2");
        barriers.addAll(screen.barriers());
        picture("orders");
        approve(1);
        screen.sees(".order-approvals", "1 / 2");
        approve(3);
        screen.sees("#past", "已执行");
    }

    private void approve(int custodian) {
        choose("who-0", custodian);
        screen.type("#pin-0", PINS.get(custodian - 1));
        screen.click(".keys-order button");
        screen.awaits("#told");
    }

    @Test
    @Order(8)
    void nobody_stumbles_over_these_pages_light_or_dark_and_none_is_wider_than_a_phone() {
        screen.script("localStorage.setItem('theme', 'dark')");
        screen.size(390, 844);
        for (String page : List.of("/keys/door", "/keys/orders", "/keys/ceremony")) {
            screen.open(page);
            barriers.addAll(screen.paleColours());
            Object width = screen.script("return document.documentElement.scrollWidth");
            if ((Long) width > 390) {
                barriers.add(page + " is " + width + " wide");
            }
        }
        assertEquals(List.of(), barriers);
    }

    @Test
    @Order(9)
    void ctrl_c_stops_vault_and_backend_cleanly() {
        screen.close();
        StartIT.assertStopsCleanly(estate);
    }

    private void look(String path, String css, String words) {
        screen.open(path);
        screen.sees(css, words);
        barriers.addAll(screen.barriers());
    }

    private String text(String css) {
        return String.valueOf(screen.script("return document.querySelector(arguments[0]).textContent", css));
    }

    private void choose(String select, int custodian) {
        screen.script(
                "document.getElementById(arguments[0]).value = arguments[1]", select, Integer.toString(custodian));
    }

    private void point(String event, String css) {
        screen.script("document.querySelector(arguments[1]).dispatchEvent(new PointerEvent(arguments[0]))", event, css);
    }

    /** To be looked at by people; not part of the documents. */
    private void picture(String name) {
        Path file = data.resolve(name + ".png");
        try {
            Files.write(file, screen.picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
