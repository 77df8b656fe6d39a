package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.identity.PublicPage;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.RoleGate;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.web.Endpoints.Endpoint;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Walks every endpoint with every role, by HTTP against the running program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EndpointRolesTest {
    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final List<Step> steps = new ArrayList<>();

    @Test
    void every_endpoint_names_its_roles_or_is_public() {
        assertThat(endpoints())
                .isNotEmpty()
                .filteredOn(endpoint -> !endpoint.handler().hasMethodAnnotation(PublicPage.class)
                        && endpoint.allowed().isEmpty())
                .isEmpty();
    }

    @Test
    void each_role_is_refused_wherever_it_is_not_named_and_served_where_it_is() {
        assertThat(walked())
                .filteredOn(step -> step.permitted() == (step.status() == 403))
                .isEmpty();
    }

    @Test
    void nothing_that_is_missing_or_malformed_in_a_request_is_an_error_of_the_program() {
        assertThat(walked())
                .filteredOn(step -> step.permitted() && step.status() == 500)
                .isEmpty();
        Browser browser = backend.browser().as("desk");
        var loss = Map.of("person", "018f0000-0000-7000-8000-000000000000", "number", "'; drop table");
        assertThat(browser.post("/desk/loss", loss).statusCode()).isEqualTo(400);
    }

    /** An endpoint asked by a role, and what came of it. */
    private record Step(Role role, Endpoint endpoint, boolean permitted, int status) {}

    /** Every endpoint with every role: walked once, judged by each test. */
    private List<Step> walked() {
        if (steps.isEmpty()) {
            for (Role role : Role.values()) {
                Browser browser = backend.browser().as(role.name().toLowerCase(Locale.ROOT));
                for (Endpoint endpoint : endpoints()) {
                    boolean permitted = RoleGate.permits(endpoint.handler(), Set.of(role));
                    steps.add(new Step(role, endpoint, permitted, call(browser, endpoint)));
                }
            }
        }
        return steps;
    }

    @Test
    void who_stands_above_communities_is_refused_every_act_and_every_page_of_money_and_keys_whatever_is_planted() {
        JdbcClient jdbc = backend.bean(JdbcClient.class);
        String planted = "insert into console_user_role (community_id, user_id, role)"
                + " select community_id, id, ? from console_user where login = 'overseer'";
        EnumSet<Role> others = EnumSet.complementOf(EnumSet.of(Role.OVERSEER));
        others.forEach(role -> jdbc.sql(planted).param(role.name()).update());
        try {
            Browser browser = backend.browser().as("overseer");
            List<String> served = new ArrayList<>();
            for (Endpoint endpoint : endpoints()) {
                if (endpoint.method() != RequestMethod.GET && call(browser, endpoint) != 403) {
                    served.add(endpoint.path());
                }
            }
            assertThat(served)
                    .as("the own password, where to look, and what is over")
                    .containsExactlyInAnyOrder("/account", "/span/look", "/setup");
            for (String page : List.of("/ledger", "/settlement", "/merchants", "/keys", "/desk", "/users", "/audit")) {
                assertThat(browser.get(page).statusCode()).as(page).isEqualTo(403);
            }
        } finally {
            jdbc.sql("delete from console_user_role where role <> 'OVERSEER' and user_id = (select id from console_user"
                            + " where login = 'overseer')")
                    .update();
        }
    }

    @Test
    void nobody_without_log_in_gets_anything_but_the_public_pages() {
        Browser browser = backend.browser();
        browser.get("/login");
        for (Endpoint endpoint : endpoints()) {
            int status = call(browser, endpoint);
            if (endpoint.handler().hasMethodAnnotation(PublicPage.class)) {
                // There are users: the first set-up is over.
                assertThat(status).as(endpoint.path()).isEqualTo(endpoint.path().equals("/setup") ? 404 : 200);
            } else {
                assertThat(status).as(endpoint.path()).isIn(302, 401, 403);
            }
        }
    }

    @Test
    void the_walk_notices_an_endpoint_that_names_no_role() throws NoSuchMethodException {
        Method forgotten = Planted.class.getDeclaredMethod("forgotten");
        HandlerMethod handler = new HandlerMethod(new Planted(), forgotten);
        assertThat(new Endpoint(RequestMethod.GET, "/planted", handler).allowed())
                .isEmpty();
        for (Role role : Role.values()) {
            assertThat(RoleGate.permits(handler, Set.of(role))).isFalse();
        }
    }

    private static int call(Browser browser, Endpoint endpoint) {
        return endpoint.call(browser).status();
    }

    private List<Endpoint> endpoints() {
        return Endpoints.of(backend);
    }

    static final class Planted {
        String forgotten() {
            return "";
        }
    }
}
