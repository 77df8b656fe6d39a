package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.CheapPasswords;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

@BothDatabases
final class FirstUsersTest {
    private static final List<String> LOGINS =
            List.of("desk", "property", "finance", "admin", "key_officer", "auditor");

    private final PasswordEncoder cheap = CheapPasswords.cheapPasswordEncoder();
    private final AtomicInteger hashed = new AtomicInteger();
    private final Users users;

    FirstUsersTest(TestDatabase database) {
        users = TestUsers.on(database, new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                hashed.incrementAndGet();
                return Objects.requireNonNull(cheap.encode(password), "hash");
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                return cheap.matches(password, hash);
            }
        });
    }

    @Test
    void everybody_of_the_demo_logs_in_with_the_published_password_and_only_with_that() {
        new FirstUsers(users).seed();
        for (String login : LOGINS) {
            ConsoleUser user = users.find(login).orElseThrow();
            assertThat(cheap.matches("zhitong-demo", user.getPassword()))
                    .as(login)
                    .isTrue();
            assertThat(cheap.matches("zhitong-demos", user.getPassword()))
                    .as(login)
                    .isFalse();
            assertThat(user.roles()).hasSize(1);
        }
    }

    @Test
    void a_first_start_hashes_once_and_a_second_one_adds_nobody() {
        new FirstUsers(users).seed();
        String before = users.find("desk").orElseThrow().getPassword();
        new FirstUsers(users).seed();
        assertThat(hashed).hasValue(1);
        assertThat(users.find("desk").orElseThrow().getPassword()).isEqualTo(before);
    }
}
