package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A newcomer's first quarter of an hour (浏览器全程), in a browser, against five processes started by {@code bin/start}: issue a
 * card, load it, open two doors, be refused, buy, close the day, have OpenSSL judge the signed file. Its steps build on each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
abstract class BrowserStory {
    private static final Duration ARRIVES = Duration.ofSeconds(15);

    private final String database;
    private final Path folder;
    private final int port = RunningEstate.freePorts();
    private @Nullable Started estate;
    private @Nullable Screen screen;
    private String desk = "";
    private String wall = "";

    @RegisterExtension
    final StepByStep steps = new StepByStep(name -> Album.keep(screen(), name));

    BrowserStory(String database) {
        this.database = database;
        this.folder = Folders.fresh("browser-" + database);
    }

    @BeforeAll
    void start() {
        Screen.needed();
        Needs.program("/usr/bin/openssl", "openssl");
        if (database.equals("pg")) {
            Folders.databaseProgram(data().resolve("backend"));
        }
        estate = Started.on(data(), port, environment(), "--db", database);
        screen = new Screen(estate.ready().url(), folder);
    }

    @AfterAll
    void stop() {
        try (Started ends = estate;
                Screen closes = screen) {
            assertTrue(closes == null || ends != null);
        }
    }

    /** Whose card it is, as the pages name the holder. */
    abstract String holder();

    /** What the programs find in their environment. */
    Map<String, String> environment() {
        return Map.of();
    }

    final String url() {
        return "http://localhost:" + port;
    }

    /** Of the console; the others follow, and the last of the row are free. */
    final int port() {
        return port;
    }

    /** A picture for the documentation, or nothing. */
    abstract void picture(String name);

    final Screen screen() {
        return Objects.requireNonNull(screen);
    }

    /** DATA of the five processes. */
    final Path data() {
        return folder.resolve("data");
    }

    @Test
    @Order(1)
    void a_wrong_password_is_refused() {
        screen().logIn("admin", "zhitong-dem0");
        screen().sees(".alert-danger", "用户名或密码不正确");
        assertTrue(screen().path().startsWith("/login"), screen().path());
    }

    @Test
    @Order(2)
    void the_right_one_is_let_in() {
        screen().open("/login");
        picture("login");
        screen().logIn("admin", "zhitong-demo");
        screen().sees("h1", "首页");
        desk = screen().tab();
    }

    @Test
    @Order(3)
    void a_card_put_on_the_desk_at_the_bench_shows_at_the_desk() {
        screen().open("/bench");
        screen().click("#put-card-1-desk");
        screen().sees("#place-desk .bench-card", "card-1");
        screen().open("/desk");
        screen().sees("#desk-reader", "白卡");
    }

    @Test
    @Order(4)
    void the_card_is_issued_to_a_resident_and_the_page_tells_how_far_it_is() {
        screen().click("a[data-person]", holder());
        screen().sees("#desk-person .desk-steps", "SM2");
        picture("desk-before");
        screen().watch("#issue-button");
        screen().click("#issue-button");
        screen().saw("正在写卡");
        screen().sees("#desk-done", "发卡成功");
        screen().sees("#desk-reader .desk-face", holder());
        screen().sees("#desk-done", "发卡成功");
        picture("desk-issued");
    }

    @Test
    @Order(5)
    void money_is_loaded() {
        screen().click("[data-amount='50']");
        screen().click("#load-button");
        screen().sees("#load-done", "充值成功");
        screen().awaits("#desk-balance[data-fen='5000']");
        picture("desk-loaded");
    }

    @Test
    @Order(6)
    void a_tap_at_the_sealed_door_opens_it_and_the_open_wall_tells_at_once() {
        wall = screen().newTab();
        screen().open("/wall");
        screen().sees("#live", "实时");
        screen().script("window.sinceThen = true");
        screen().toTab(desk);
        screen().open("/bench");
        screen().click("#lift-desk");
        taps("door-1", "1号楼大门");
        screen().toTab(wall);
        screen().sees("#lines .wall-granted", "1号楼大门");
        screen().sees("#lines .wall-granted", holder());
        assertEquals(true, screen().script("return window.sinceThen === true"), "the wall was not loaded again");
    }

    @Test
    @Order(7)
    void so_does_a_tap_at_the_fast_door() {
        screen().toTab(desk);
        taps("door-2", "地下车库门");
        screen().toTab(wall);
        screen().sees("#lines .wall-granted", "地下车库门");
        picture("wall");
    }

    private void taps(String reader, String door) {
        String place = "#place-" + reader;
        screen().click("#put-card-1-" + reader);
        screen().awaits(place + "[data-open=true]");
        screen().sees("#words-" + reader, "请通行");
        screen().sees(place + " .bench-verdict", "放行");
        screen().sees(place + " .bench-verdict", holder());
        picture("bench-" + reader);
        assertTrue(screen().texts(place + " h2").contains(door));
        screen().awaits("#put-card-1-desk");
    }

    @Test
    @Order(8)
    void a_card_of_nobody_is_refused_and_told_why() {
        screen().toTab(desk);
        screen().click("#put-card-2-door-1");
        screen().sees("#words-door-1", "此卡未授权");
        String told = screen().sees("#place-door-1 .bench-verdict", "拒绝");
        picture("bench-refused");
        assertTrue(told.matches("(?s).*\\p{IsHan}{2,}.*"), told);
        screen().toTab(wall);
        screen().sees("#lines .wall-denied", "1号楼大门");
    }

    @Test
    @Order(9)
    void the_till_sells_over_its_cashier_line() {
        screen().toTab(desk);
        try (Till till = new Till(RunningEstate.at(port + 4))) {
            till.say("sale 1250");
            screen().click("#put-card-1-pos-1");
            String answer = till.hear();
            assertTrue(answer.startsWith("paid 1250 balance 3750 card "), answer);
        }
        screen().sees("#place-pos-1 .bench-verdict", "¥12.50");
        screen().click("#lift-pos-1");
        screen().toTab(wall);
        screen().sees("#lines .wall-payment", "¥12.50");
        screen().sees("#lines .wall-payment", holder());
    }

    @Test
    @Order(10)
    void the_ledger_has_posted_it() {
        screen().toTab(desk);
        Await.until("the purchase is posted", ARRIVES, () -> {
            screen().open("/ledger");
            return screen().has("#purchases tr[data-state=POSTED]");
        });
        screen().sees("#purchases tr[data-state=POSTED]", "¥12.50");
        screen().sees("#suspense", "没有待查项");
        picture("ledger");
    }

    @Test
    @Order(11)
    void the_closed_day_is_a_signed_file_that_openssl_accepts_and_one_changed_byte_is_not() throws IOException {
        screen().open("/settlement");
        screen().click("#close button");
        screen().sees("#made", "已签名");
        screen().sees("#match", "三方一致");
        picture("settlement");
        screen().click("#public-key");
        screen().click("#files .download-file");
        screen().click("#files .download-signature");
        Path file = downloaded("TX_");
        assertTrue(openssl(file).text().contains("Verified OK"), openssl(file).text());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertFalse(openssl(file).text().contains("Verified OK"), "a changed file is refused");
    }

    private Path downloaded(String prefix) {
        Await.until(
                "three files are there",
                ARRIVES,
                () -> files().stream().allMatch(f -> !f.toString().endsWith(".crdownload")) && files().size() >= 3);
        return files().stream()
                .filter(f -> f.getFileName().toString().startsWith(prefix)
                        && !f.toString().endsWith(".sig"))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files() {
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.getFileName().toString().matches("(TX_|settlement).*"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Shell.Result openssl(Path file) {
        return Shell.run(
                Duration.ofSeconds(20),
                Map.of(),
                folder,
                "openssl",
                "dgst",
                "-sm3",
                "-sigopt",
                "distid:1234567812345678",
                "-verify",
                "settlement.pem",
                "-signature",
                file.getFileName() + ".sig",
                file.getFileName().toString());
    }

    /** The tab in which everything but the wall is done. */
    final void atDesk() {
        screen().toTab(desk);
    }

    /** The tab with the wall, not loaded again since it was opened. */
    final void atWall() {
        screen().toTab(wall);
    }

    /** For steps of a subclass: the first answer there is. */
    static <T> T soon(String what, java.util.function.Supplier<Optional<T>> source) {
        return Await.value(() -> what, ARRIVES, source);
    }
}
