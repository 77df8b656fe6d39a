package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.CommunityScope;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;

final class RoleGateTest {
    private final RoleGate gate = new RoleGate(TestUsers.seeing(1, 2));
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @AfterEach
    void clear() {
        SecurityContextHolder.clearContext();
        CommunityScope.leave();
    }

    @Test
    void while_a_user_is_served_his_thread_sees_his_community_and_afterwards_the_program_s_own() throws Exception {
        logIn(TestUsers.principal("chen", Role.DESK));
        assertThat(CommunityScope.present()).isEqualTo(CommunityScope.ALL);
        gate.preHandle(request, new MockHttpServletResponse(), handler("own"));
        assertThat(CommunityScope.present()).isEqualTo("1");
        gate.afterCompletion(request, new MockHttpServletResponse(), handler("own"), null);
        assertThat(CommunityScope.present()).isEqualTo(CommunityScope.ALL);
        gate.preHandle(request, new MockHttpServletResponse(), handler("own"));
        gate.afterConcurrentHandlingStarted(request, new MockHttpServletResponse(), handler("own"));
        assertThat(CommunityScope.present()).as("a stream goes on elsewhere").isEqualTo(CommunityScope.ALL);
    }

    /** Spring ends no request that it did not begin: what a refusal had set would stay with the thread. */
    @Test
    void who_is_refused_leaves_nothing_behind_on_the_thread() throws NoSuchMethodException {
        logIn(TestUsers.principal("chen", Role.DESK));
        assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("inherited")))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(CommunityScope.present()).isEqualTo(CommunityScope.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "own, DESK, true",
        "own, ADMIN, false",
        "inherited, ADMIN, true",
        "inherited, DESK, false",
        "open, PROPERTY, true",
        "nobody, ADMIN, false"
    })
    void the_methods_own_roles_stand_before_those_of_its_class(String method, Role role, boolean permitted)
            throws NoSuchMethodException {
        assertThat(RoleGate.permits(handler(method), Set.of(role))).isEqualTo(permitted);
    }

    @Test
    void one_fitting_role_of_several_is_enough_and_no_role_is_not() throws NoSuchMethodException {
        assertThat(RoleGate.permits(handler("own"), EnumSet.allOf(Role.class))).isTrue();
        assertThat(RoleGate.permits(handler("own"), Set.of())).isFalse();
        assertThat(RoleGate.permits(handler("open"), Set.of())).isTrue();
    }

    @Test
    void a_logged_in_user_is_served_by_role() throws NoSuchMethodException, IOException {
        logIn(TestUsers.principal("chen", Role.DESK));
        assertThat(gate.preHandle(request, new MockHttpServletResponse(), handler("own")))
                .isTrue();
        assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("inherited")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("not for this role");
    }

    @Test
    void who_stands_above_communities_reads_in_the_one_looked_at_and_changes_nothing() throws Exception {
        logIn(TestUsers.above(Sight.OPERATOR, 2, Role.OVERSEER, Role.ADMIN));
        for (String method : new String[] {"GET", "HEAD"}) {
            request.setMethod(method);
            assertThat(gate.preHandle(request, new MockHttpServletResponse(), handler("report")))
                    .isTrue();
            assertThat(CommunityScope.present()).isEqualTo("2");
            CommunityScope.leave();
        }
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "get", ""}) {
            request.setMethod(method);
            assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("report")))
                    .as(method)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("changes nothing");
        }
        request.setMethod("GET");
        assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("inherited")))
                .as("a role that was planted")
                .hasMessage("not for this role");
    }

    @Test
    void a_community_that_shows_itself_no_longer_is_not_read_any_more() throws Exception {
        logIn(TestUsers.above(Sight.CITY, 3, Role.OVERSEER));
        request.setMethod("GET");
        MockHttpServletResponse answer = new MockHttpServletResponse();
        assertThat(gate.preHandle(request, answer, handler("report"))).isFalse();
        assertThat(answer.getRedirectedUrl()).isEqualTo("/span");
        assertThat(CommunityScope.present()).isEqualTo(CommunityScope.ALL);
    }

    @Test
    void what_spans_and_the_own_account_are_served_from_home_wherever_the_user_looks() throws Exception {
        logIn(TestUsers.above(Sight.CITY, 3, Role.OVERSEER));
        for (String spanning : new String[] {"span", "account"}) {
            for (String method : new String[] {"GET", "POST"}) {
                request.setMethod(method);
                assertThat(gate.preHandle(request, new MockHttpServletResponse(), handler(spanning)))
                        .isTrue();
                assertThat(CommunityScope.present()).as(spanning).isEqualTo("1");
                CommunityScope.leave();
            }
        }
    }

    @Test
    void a_principal_that_is_none_of_ours_has_no_role_whatever_it_claims() throws NoSuchMethodException, IOException {
        logIn("admin");
        assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("own")))
                .isInstanceOf(AccessDeniedException.class);
        SecurityContextHolder.clearContext();
        assertThatThrownBy(() -> gate.preHandle(request, new MockHttpServletResponse(), handler("own")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void static_files_and_error_pages_need_no_role() throws NoSuchMethodException, IOException {
        assertThat(gate.preHandle(request, new MockHttpServletResponse(), new Object()))
                .isTrue();
        request.setDispatcherType(DispatcherType.ERROR);
        assertThat(gate.preHandle(request, new MockHttpServletResponse(), handler("own")))
                .isTrue();
    }

    private static void logIn(Object principal) {
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(principal, null, java.util.List.of()));
    }

    private static HandlerMethod handler(String name) throws NoSuchMethodException {
        return name.equals("nobody")
                ? new HandlerMethod(new Bare(), Bare.class.getDeclaredMethod(name))
                : new HandlerMethod(new Pages(), Pages.class.getDeclaredMethod(name));
    }

    @Allowed(Role.ADMIN)
    static final class Pages {
        @Allowed({Role.DESK, Role.PROPERTY})
        void own() {}

        void inherited() {}

        @Allowed({Role.PROPERTY, Role.OVERSEER})
        void report() {}

        @Allowed(value = Role.OVERSEER, spans = true)
        void span() {}

        @Allowed(value = Role.OVERSEER, withGivenPassword = true)
        void account() {}

        @PublicPage
        void open() {}
    }

    static final class Bare {
        void nobody() {}
    }
}
