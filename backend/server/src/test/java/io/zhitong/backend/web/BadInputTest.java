package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.web.Endpoints.Answer;
import io.zhitong.backend.web.Endpoints.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Whatever a browser sends, the answer is a page or a refusal, never a failure of ours. */
final class BadInputTest {
    private static final List<String> JUNK = List.of(
            "",
            " ",
            "x",
            "-1",
            "0",
            "99999999999999999999",
            "2026-02-30",
            "0001-01-01",
            "1e999999999",
            "1e2147483647",
            "1e50000000",
            "NaN",
            "4403",
            "' or '1'='1",
            "<script>alert(1)</script>",
            "%00",
            "../../etc/passwd",
            "\u202Eabc\u0000def",
            "😀".repeat(200),
            "00000000-0000-0000-0000-000000000000");

    /** PostgreSQL is the stricter one. */
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.PG);

    private final Map<Role, Browser> browsers = new EnumMap<>(Role.class);

    @Test
    void no_endpoint_fails_when_its_fields_are_missing() {
        assertThat(failures("1", Optional.empty())).isEmpty();
    }

    @Test
    void no_endpoint_fails_or_repeats_a_script_whatever_its_fields_hold() {
        List<String> failed = new ArrayList<>();
        for (String junk : JUNK) {
            failed.addAll(failures("1", Optional.of(junk)));
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void no_endpoint_fails_whatever_stands_in_its_path() {
        List<String> failed = new ArrayList<>();
        for (String junk : List.of("x", "-1", "0", "%20", "%00", "..%2F..", "a".repeat(500), "%F0%9F%98%80", "a.sig")) {
            failed.addAll(failures(junk, Optional.empty()));
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void every_field_says_that_it_is_one() {
        assertThat(Endpoints.of(backend))
                .filteredOn(endpoint -> !endpoint.unmarked().isEmpty())
                .isEmpty();
    }

    @Test
    void search_notices_a_field_that_is_not_marked() throws NoSuchMethodException {
        HandlerMethod forgotten =
                new HandlerMethod(this, Planted.class.getDeclaredMethod("forgotten", String.class, int.class));
        assertThat(new Endpoint(RequestMethod.POST, "/planted", forgotten).unmarked())
                .hasSize(2);
    }

    /** Only where the text matters: an endpoint without that kind of input is called once, with nothing. */
    private static boolean takes(Endpoint endpoint, String inPath, Optional<String> junk) {
        boolean plain = inPath.equals("1") && junk.isEmpty();
        return plain
                || junk.isPresent() && !endpoint.fields().isEmpty()
                || junk.isEmpty() && endpoint.path().contains("{");
    }

    private List<String> failures(String inPath, Optional<String> junk) {
        List<String> failed = new ArrayList<>();
        for (Role role : Role.values()) {
            Browser browser = browsers.computeIfAbsent(
                    role, each -> backend.browser().as(each.name().toLowerCase(Locale.ROOT)));
            Endpoints.of(backend).stream()
                    .filter(endpoint -> judges(role, endpoint) && takes(endpoint, inPath, junk))
                    .forEach(endpoint -> failed.addAll(failure(browser, endpoint, inPath, junk)));
        }
        return failed;
    }

    /** Each endpoint is called by the first role that may. */
    private static boolean judges(Role role, Endpoint endpoint) {
        Set<Role> allowed = endpoint.allowed();
        return !allowed.isEmpty() && allowed.stream().sorted().findFirst().orElseThrow() == role;
    }

    private static List<String> failure(Browser browser, Endpoint endpoint, String inPath, Optional<String> junk) {
        Answer answer = endpoint.call(browser, inPath, field -> junk);
        String with = " with " + URLEncoder.encode(junk.orElse("nothing"), StandardCharsets.UTF_8);
        if (answer.status() >= 500) {
            return List.of(endpoint + with + " in path " + inPath + " -> " + answer.status());
        }
        boolean repeated =
                answer.body().contains("<script>alert") || answer.body().contains("Exception");
        return repeated ? List.of(endpoint + with + " is repeated") : List.of();
    }

    static final class Planted {
        void forgotten(String name, int number) {}
    }
}
