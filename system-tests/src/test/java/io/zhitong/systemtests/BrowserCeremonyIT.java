package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Four custodians at one screen: the ceremony, opening by three of them, an order approved by two; for everybody's eyes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BrowserCeremonyIT {
    private static final Duration START = Duration.ofSeconds(90);
    private static final List<String> NAMES = List.of("张保管", "李保管", "王保管", "赵保管");
    private static final List<String> PINS = List.of("583920", "926401", "174629", "805317");
    private static final String COLOUR = "return getComputedStyle(document.querySelector(arguments[0])).color";
    private static final String TRANSPARENT = "rgba(0, 0, 0, 0)";

    private final List<String> components = new ArrayList<>();
    private final List<String> shares = new ArrayList<>();
    private final List<String> barriers = new ArrayList<>();
    private RunningEstate estate;
    private Process vault;
    private Screen screen;

    @BeforeAll
    void start() throws IOException {
        Screen.needed();
        estate = RunningEstate.prepared("ceremony", "h2");
        Path log = Files.createDirectories(estate.data().resolve("logs")).resolve("unborn.log");
        String folder = estate.data().resolve("vault").toString();
        String port = Integer.toString(estate.consolePort() + 3);
        vault = Shell.start(
                log, Map.of(), RunningEstate.root(), "bin/zt", "keys", "serve", "--data", folder, "--port", port);
        Await.until("the vault serves", START, () -> RunningEstate.listening(estate.consolePort() + 3));
        estate.start(Role.BACKEND);
        screen = new Screen(estate.consoleUrl(), Folders.fresh("ceremony-downloads"));
        screen.size(1366, 1180);
        screen.logIn("key_officer", "zhitong-demo");
        screen.sees("h1", "");
    }

    @AfterAll
    void stop() {
        screen.close();
        estate.close();
        vault.destroy();
    }

    @Test
    @Order(1)
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
    @Order(2)
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
    @Order(3)
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
    @Order(4)
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
    @Order(5)
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
    @Order(6)
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
    @Order(7)
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
        Path file = estate.data().resolve(name + ".png");
        try {
            Files.write(file, screen.picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
