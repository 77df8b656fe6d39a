package io.zhitong.backend.keys.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.VaultState;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.LoggerFactory;

/** From a vault without masters to one whose keys two custodians change, through the pages alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CeremonyStoryTest {
    private static final List<String> NAMES = List.of("张保管", "李保管", "王保管");
    private static final List<String> PINS = List.of("583920174466", "926401835577", "174629385508");
    private static final List<String> COMPONENTS = List.of(
            "6e1f0c5a97d3482b8b40e2796cd1533a",
            "d2 6b 41 98 5f 0e 73 ca 14 87 b9 20 6d f5 3c e8",
            "4152636142563241526361425632415263614256");
    private static final byte[] SALT = Hex.parse("00112233445566778899aabbccddeeff");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> shares = new ArrayList<>();
    private RunningBackend backend;
    private Browser officer;

    @BeforeAll
    void start() {
        backend = RunningBackend.beforeCeremony();
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
        officer = backend.browser().as("key_officer");
    }

    /** Other tests of this JVM go on without the list. */
    @AfterAll
    void stop() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    @Test
    @Order(1)
    void a_vault_without_masters_says_so_and_offers_a_ceremony() {
        assertThat(page("/keys/door")).contains("data-state=\"UNBORN\"").doesNotContain("action=\"/keys/door/seal\"");
        assertThat(page("/keys/ceremony")).contains("data-step=\"NONE\"").contains("id=\"start\"");
        assertThat(refused(post("start", Map.of("name", "和谐家园", "needed", "4", "dealt", "3"))))
                .contains("请求格式错误");
    }

    @Test
    @Order(2)
    void three_custodians_join_with_pins_of_their_own() {
        done(post("start", Map.of("name", "和谐家园", "needed", "2", "dealt", "3")));
        assertThat(refused(join("张保管", PINS.get(0), PINS.get(1)))).contains("口令不合规");
        for (int i = 0; i < NAMES.size(); i++) {
            done(join(NAMES.get(i), PINS.get(i), PINS.get(i)));
        }
        assertThat(page("/keys/ceremony"))
                .contains("data-step=\"COMMITTING\"", "李保管")
                .doesNotContain(PINS.get(0));
    }

    @Test
    @Order(3)
    void a_component_is_sent_only_after_everybody_has_committed_and_another_one_is_refused() {
        byte[] ceremony = Hex.parse(found("data-ceremony=\"([0-9a-f]{32})\"", page("/keys/ceremony")));
        assertThat(refused(reveal(1, COMPONENTS.get(0)))).contains("仪式步骤不符");
        for (int custodian = 1; custodian <= 3; custodian++) {
            done(commit(ceremony, custodian));
        }
        assertThat(refused(reveal(1, COMPONENTS.get(1)))).contains("分量与承诺不符");
        for (int custodian = 1; custodian <= 3; custodian++) {
            done(reveal(custodian, COMPONENTS.get(custodian - 1)));
        }
        assertThat(page("/keys/ceremony")).contains("data-step=\"DEALING\"");
    }

    @Test
    @Order(4)
    void a_share_stands_in_the_answer_to_its_own_request_alone_and_no_cache_keeps_it() {
        for (int custodian = 1; custodian <= 3; custodian++) {
            HttpResponse<String> answer = post("deal", signed(custodian));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
            shares.add(found("id=\"share-text\">([0-9a-fA-F ]+)<", answer.body()));
            assertThat(page("/keys/ceremony")).doesNotContain("id=\"share-text\"");
        }
        assertThat(shares)
                .doesNotHaveDuplicates()
                .allMatch(share -> share.replace(" ", "").length() == 94);
    }

    @Test
    @Order(5)
    void shares_come_back_open_the_store_and_the_ceremony_is_closed_with_a_transcript() {
        assertThat(refused(confirm(1, shares.get(1)))).contains("份额不正确");
        for (int custodian = 1; custodian <= 3; custodian++) {
            done(confirm(custodian, shares.get(custodian - 1)));
        }
        done(post("close", signed(2)));
        assertThat(page("/keys/ceremony")).contains("data-step=\"CLOSED\"", "id=\"born\"");
        HttpResponse<String> transcript = officer.get("/keys/ceremony/transcript.txt");
        assertThat(transcript.body()).contains("commitment=", "name=张保管");
        assertThat(backend.bean(KeyService.class).status().state()).isEqualTo(VaultState.OPEN);
    }

    @Test
    @Order(6)
    void sealed_on_purpose_only_and_opened_by_two_shares_of_different_custodians() {
        assertThat(refused(officer.post("/keys/door/seal", Map.of("sure", "")))).contains("请求格式错误");
        done(officer.post("/keys/door/seal", Map.of("sure", "yes")));
        assertThat(page("/keys/door")).contains("data-state=\"SEALED\"", "data-given=\"0\"", "data-needed=\"2\"");
        assertThat(refused(give("00".repeat(47)))).contains("份额不正确");
        done(give(shares.get(2)));
        assertThat(page("/keys/door")).contains("data-given=\"1\"");
        assertThat(refused(give(shares.get(2)))).contains("该份额已提交");
        done(officer.post("/keys/door/forget", Map.of()));
        done(give(shares.get(0)));
        done(give(shares.get(2)));
        assertThat(page("/keys/door")).contains("data-state=\"OPEN\"");
    }

    @Test
    @Order(7)
    void an_order_is_done_when_two_different_custodians_approve_what_they_were_shown() {
        done(officer.post("/keys/orders/version", Map.of("key", "DPK/2")));
        String shown = page("/keys/orders");
        Map<String, String> order = Map.of(
                "number", found("name=\"number\" value=\"([0-9a-f]{16})\"", shown),
                "digest", found("name=\"digest\" value=\"([0-9a-f]{64})\"", shown));
        assertThat(refused(approve(1, PINS.get(1), order))).contains("口令错误");
        assertThat(refused(approve(1, PINS.get(0), Map.of("number", order.get("number"), "digest", "00".repeat(32)))))
                .contains("指令已被更改");
        done(approve(1, PINS.get(0), order));
        assertThat(refused(approve(1, PINS.get(0), order))).contains("需要另一位保管人");
        assertThat(versions()).containsExactly(1);
        done(approve(3, PINS.get(2), order));
        assertThat(versions()).containsExactlyInAnyOrder(1, 2);
        assertThat(refused(approve(2, PINS.get(1), order))).contains("待批指令已结束");
        assertThat(page("/keys/orders")).contains("data-state=\"DONE\"");
    }

    @Test
    @Order(8)
    void one_custodian_stops_an_order_and_the_reader_of_the_audit_cannot() {
        done(officer.post("/keys/orders/state", Map.of("change", "DPK/2 ACTIVE")));
        String shown = page("/keys/orders");
        assertThat(shown).contains("DPK/2 → 使用中 active");
        Browser auditor = backend.browser().as("auditor");
        assertThat(auditor.get("/keys/orders").statusCode()).isEqualTo(200);
        Map<String, String> order = new HashMap<>(signed(3));
        order.put("number", found("name=\"number\" value=\"([0-9a-f]{16})\"", shown));
        assertThat(auditor.post("/keys/orders/withdraw", order).statusCode()).isEqualTo(403);
        done(officer.post("/keys/orders/withdraw", order));
        assertThat(page("/keys/orders")).contains("data-state=\"WITHDRAWN\"");
    }

    @Test
    @Order(9)
    void a_pin_is_changed_by_who_knows_it() {
        Map<String, String> form = new HashMap<>(signed(3));
        form.put("fresh", "640281937755");
        form.put("again", "640281937755");
        done(officer.post("/keys/orders/pin", form));
        assertThat(refused(officer.post("/keys/orders/pin", form))).contains("口令错误");
    }

    @Test
    @Order(10)
    void no_pin_component_or_share_is_in_the_log_the_database_or_any_file_where_a_planted_one_is_found()
            throws IOException {
        List<String> secrets = Stream.of(
                        PINS.stream(),
                        COMPONENTS.stream(),
                        COMPONENTS.stream().map(each -> each.replace(" ", "")),
                        shares.stream(),
                        shares.stream().map(each -> each.replace(" ", "")))
                .flatMap(each -> each)
                .toList();
        assertThat(places(secrets)).isEmpty();
        Path planted = Files.writeString(backend.data().resolve("planted.bin"), "\0\1" + PINS.get(1) + "\2");
        LoggerFactory.getLogger(CeremonyStoryTest.class).warn("planted {}", shares.get(0));
        assertThat(places(secrets)).hasSize(2);
        Files.delete(planted);
    }

    private List<String> places(List<String> secrets) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(backend.data())) {
            files.filter(Files::isRegularFile)
                    .filter(file -> holds(read(file), secrets))
                    .forEach(file -> found.add(file.toString()));
        }
        List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> holds(line, secrets))
                .forEach(found::add);
        return found;
    }

    private static boolean holds(String text, List<String> secrets) {
        return secrets.stream().anyMatch(text::contains);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Integer> versions() {
        return backend.bean(KeyService.class).keys().stream()
                .filter(key -> key.usage() == KeyUsage.DPK)
                .map(key -> key.version())
                .toList();
    }

    private HttpResponse<String> post(String act, Map<String, String> form) {
        return officer.post("/keys/ceremony/" + act, form);
    }

    private HttpResponse<String> join(String name, String pin, String again) {
        return post("join", Map.of("name", name, "pin", pin, "again", again));
    }

    private HttpResponse<String> commit(byte[] ceremony, int custodian) {
        byte[] typed = COMPONENTS.get(custodian - 1).getBytes(StandardCharsets.US_ASCII);
        try (SecretBytes component = CeremonyCommitment.component(typed)) {
            String commitment = Hex.of(CeremonyCommitment.of(ceremony, custodian, SALT, component));
            return post("commit", with(custodian, Map.of("salt", Hex.of(SALT), "commitment", commitment)));
        }
    }

    private HttpResponse<String> reveal(int custodian, String component) {
        return post("reveal", with(custodian, Map.of("component", component)));
    }

    private HttpResponse<String> confirm(int custodian, String share) {
        return post("confirm", with(custodian, Map.of("share", share)));
    }

    private HttpResponse<String> give(String share) {
        return officer.post("/keys/door/share", Map.of("share", share));
    }

    private HttpResponse<String> approve(int custodian, String pin, Map<String, String> order) {
        Map<String, String> form = new HashMap<>(order);
        form.put("custodian", Integer.toString(custodian));
        form.put("pin", pin);
        return officer.post("/keys/orders/approve", form);
    }

    private static Map<String, String> signed(int custodian) {
        return Map.of("custodian", Integer.toString(custodian), "pin", PINS.get(custodian - 1));
    }

    private static Map<String, String> with(int custodian, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(signed(custodian));
        form.putAll(more);
        return form;
    }

    private String page(String path) {
        HttpResponse<String> answer = officer.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("??", "id=\"unavailable\"");
        return answer.body();
    }

    private void done(HttpResponse<String> answer) {
        assertThat(after(answer)).contains("id=\"told\"").doesNotContain("id=\"problem\"");
    }

    /** Why it was not done. */
    private String refused(HttpResponse<String> answer) {
        String page = after(answer);
        assertThat(page).doesNotContain("id=\"told\"");
        return found("id=\"problem\"[^>]*>(.*?)</div>", page);
    }

    private String after(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        return page(answer.headers().firstValue("Location").orElseThrow().replaceAll("^http://[^/]+|#.*$", ""));
    }

    private static String found(String pattern, String text) {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        return found.find() ? found.group(1) : "nothing like " + pattern;
    }
}
