package io.zhitong.backend.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.identity.AccountState;
import io.zhitong.backend.identity.Users;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages of accounts by plain HTTP: what an administrator may do with them, and what only their user may. */
final class UserAccountsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String GIVEN = "Regen-auf-Dach-1";
    private static final String OWN = "meine eigene Wahl";

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);
    private final Browser admin = backend.browser().as("admin");
    private final String login = "neu" + NUMBER.incrementAndGet();

    @BeforeEach
    void addUser() {
        assertThat(admin.post(
                                "/users",
                                Map.of("login", login, "name", "小新", "password", GIVEN, "again", GIVEN, "role", "DESK"))
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void user_with_a_given_password_reaches_nothing_before_choosing_an_own_one() {
        Browser user = loggedIn(GIVEN);
        for (String path : List.of("/", "/desk")) {
            assertThat(location(user.get(path))).as(path).endsWith("/account");
        }
        // Not even where nothing is shown: the interceptor stands before the handler.
        assertThat(location(user.post("/desk/loss", Map.of()))).endsWith("/account");
        HttpResponse<String> page = user.get("/account");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("id=\"given\"");
        assertThat(location(change(user, GIVEN, OWN))).contains("/login?changed");
        assertThat(state()).isEqualTo(AccountState.OPEN);
        assertThat(location(backend.browser().logIn(login, GIVEN))).endsWith("?wrong");
        assertThat(loggedIn(OWN).get("/desk").statusCode()).isEqualTo(200);
    }

    @Test
    void change_of_the_password_ends_every_session_of_the_user_and_nobody_elses() {
        Browser stolen = loggedIn(GIVEN);
        Browser user = loggedIn(GIVEN);
        change(user, GIVEN, OWN);
        assertThat(location(stolen.get("/account"))).contains("/login");
        assertThat(location(user.get("/account"))).contains("/login");
        assertThat(admin.get("/users").statusCode()).isEqualTo(200);
    }

    @Test
    void change_wants_the_present_password_and_a_new_one_that_keeps_the_rules() {
        Browser user = loggedIn(GIVEN);
        refused(change(user, "wrong-wrong-1", OWN), "PRESENT_WRONG");
        refused(change(user, GIVEN, GIVEN), "PASSWORD_SAME");
        refused(change(user, GIVEN, "short"), "PASSWORD_SHORT");
        refused(change(user, GIVEN, login + "-and-more"), "PASSWORD_KNOWN");
        refused(user.post("/account", Map.of("present", GIVEN, "password", OWN, "again", OWN + "x")), "PASSWORD_AGAIN");
        assertThat(state()).isEqualTo(AccountState.GIVEN);
        assertThat(loggedIn(GIVEN).get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void session_that_guesses_the_present_password_is_stopped_and_the_log_in_is_not() {
        Browser user = loggedIn(GIVEN);
        for (int i = 0; i < 5; i++) {
            refused(change(user, "guess-number-" + i, OWN), "PRESENT_WRONG");
        }
        refused(change(user, GIVEN, OWN), "PRESENT_WAIT");
        assertThat(location(backend.browser().logIn(login, GIVEN))).doesNotContain("login");
    }

    @Test
    void disabled_user_is_logged_out_at_once_and_comes_back_only_by_a_new_given_password() {
        Browser user = loggedIn(GIVEN);
        change(user, GIVEN, OWN);
        Browser again = loggedIn(OWN);
        assertThat(admin.post("/users/disable", Map.of("login", login)).statusCode())
                .isEqualTo(302);
        assertThat(location(again.get("/desk"))).contains("/login");
        assertThat(location(backend.browser().logIn(login, OWN))).endsWith("?wrong");
        assertThat(admin.get("/users").body()).contains("已停用");
        assertThat(admin.post("/users/password", Map.of("login", login, "password", GIVEN, "again", GIVEN))
                        .statusCode())
                .isEqualTo(302);
        assertThat(location(backend.browser().logIn(login, OWN))).endsWith("?wrong");
        assertThat(location(loggedIn(GIVEN).get("/desk"))).endsWith("/account");
    }

    @Test
    void administrator_neither_disables_nor_resets_the_own_account_nor_one_that_is_not_there() {
        refused(admin.post("/users/disable", Map.of("login", "admin")), "USER_OWN");
        refused(admin.post("/users/disable", Map.of("login", "nobody-here")), "USER_UNKNOWN");
        var reset = Map.of("login", "admin", "password", GIVEN, "again", GIVEN);
        refused(admin.post("/users/password", reset), "USER_OWN");
        assertThat(admin.get("/users").statusCode()).isEqualTo(200);
    }

    @Test
    void who_changed_whose_account_is_audited_without_any_password() {
        change(loggedIn(GIVEN), GIVEN, OWN);
        admin.post("/users/password", Map.of("login", login, "password", GIVEN, "again", GIVEN));
        admin.post("/users/disable", Map.of("login", login));
        List<String> audit = backend.bean(JdbcClient.class)
                .sql("select actor || ' ' || action || ' ' || after_text from audit_entry where subject = ?"
                        + " and action <> 'user.login' order by number")
                .param("user " + login)
                .query(String.class)
                .list();
        assertThat(audit)
                .containsExactly(
                        "admin user.add 小新 [DESK]",
                        login + " user.password OPEN",
                        "admin user.give GIVEN",
                        "admin user.disable DISABLED");
    }

    private Browser loggedIn(String password) {
        Browser browser = backend.browser();
        browser.logIn(login, password);
        browser.get("/account");
        return browser;
    }

    private static HttpResponse<String> change(Browser browser, String present, String next) {
        return browser.post("/account", Map.of("present", present, "password", next, "again", next));
    }

    private AccountState state() {
        return backend.bean(Users.class).find(login).orElseThrow().state();
    }

    private static void refused(HttpResponse<String> answer, String problem) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(words(problem));
    }

    private static String words(String problem) {
        return switch (problem) {
            case "PRESENT_WRONG" -> "现在的密码不正确";
            case "PRESENT_WAIT" -> "5 分钟后再试";
            case "PASSWORD_SAME" -> "新密码不能与现在的密码相同";
            case "PASSWORD_SHORT" -> "至少 10 个字符";
            case "PASSWORD_KNOWN" -> "不能包含用户名";
            case "PASSWORD_AGAIN" -> "不一致";
            case "USER_UNKNOWN" -> "没有该用户";
            default -> "不能停用或重设自己的账号";
        };
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("status " + answer.statusCode());
    }
}
