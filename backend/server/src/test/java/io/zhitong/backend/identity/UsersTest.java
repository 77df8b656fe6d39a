package io.zhitong.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.CheapPasswords;
import io.zhitong.backend.testing.TestDatabase;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

@BothDatabases
final class UsersTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CommunityId TWO = new CommunityId(2);
    private static final Actor ADMIN = new Actor("admin");

    private final TestDatabase database;
    private final Users users;

    UsersTest(TestDatabase database) {
        this.database = database;
        users = TestUsers.on(database, CheapPasswords.cheapPasswordEncoder());
    }

    @Test
    void a_user_is_found_with_all_roles_and_works_in_the_own_community() {
        users.add(TWO, ADMIN, "chen", "小陈", "p4ss", Set.of(Role.DESK, Role.FINANCE));
        ConsoleUser chen = users.find("chen").orElseThrow();
        assertThat(chen.community()).isEqualTo(TWO);
        assertThat(chen.roles()).containsExactlyInAnyOrder(Role.DESK, Role.FINANCE);
        assertThat(chen.actor()).isEqualTo(new Actor("chen"));
        assertThat(users.find("Chen")).isEmpty();
        assertThat(users.find("")).isEmpty();
    }

    @Test
    void the_password_is_kept_as_argon2id_with_a_salt_of_its_own() {
        Users users = TestUsers.on(database, SecurityConfiguration.passwordEncoder());
        users.add(ONE, ADMIN, "a", "A", "same", Set.of());
        users.add(ONE, ADMIN, "b", "B", "same", Set.of());
        String first = users.find("a").orElseThrow().getPassword();
        String second = users.find("b").orElseThrow().getPassword();
        // RFC 9106 names: type, version 1.3, memory in KiB, passes, lanes.
        assertThat(first).matches("\\$argon2id\\$v=19\\$m=16384,t=2,p=1\\$.+").doesNotContain("same");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void the_hash_never_appears_where_a_user_is_printed() {
        ConsoleUser user = TestUsers.principal("chen", Role.DESK);
        assertThat(user.toString()).isEqualTo("ConsoleUser[chen [DESK]]").doesNotContain("secret");
    }

    @Test
    void a_log_in_name_is_given_once_over_all_communities() {
        users.add(ONE, ADMIN, "chen", "小陈", "p", Set.of());
        assertThatThrownBy(() -> users.add(TWO, ADMIN, "chen", "另一位", "p", Set.of()))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void a_name_that_does_not_fit_the_column_adds_neither_user_nor_role_nor_audit() {
        assertThatThrownBy(() -> database.transactions()
                        .executeWithoutResult(s -> users.add(ONE, ADMIN, "x".repeat(61), "X", "p", Set.of(Role.ADMIN))))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(users.none()).isTrue();
        assertThat(count("console_user_role")).isZero();
        assertThat(count("audit_entry")).isZero();
    }

    @Test
    void who_added_whom_with_which_roles_is_audited_and_the_password_is_not() {
        users.add(ONE, ADMIN, "chen", "小陈", "p4ss-w0rd", Set.of(Role.DESK));
        assertThat(database.jdbc()
                        .sql("select actor || '|' || action || '|' || subject || '|' || after_text from audit_entry")
                        .query(String.class)
                        .single())
                .isEqualTo("admin|user.add|user chen|小陈 [DESK]");
    }

    @Test
    void the_demo_users_are_made_once_one_for_each_role_and_never_beside_real_ones() {
        new FirstUsers(users).seed();
        new FirstUsers(users).seed();
        assertThat(count("console_user")).isEqualTo(Role.values().length);
        for (Role role : Role.values()) {
            String login = role.name().toLowerCase(java.util.Locale.ROOT);
            assertThat(users.find(login).orElseThrow().roles()).containsExactly(role);
        }
    }

    @Test
    void an_installation_that_has_a_user_gets_no_demo_users() {
        users.add(ONE, ADMIN, "chef", "C", "p", Set.of(Role.ADMIN));
        new FirstUsers(users).seed();
        assertThat(count("console_user")).isEqualTo(1);
    }

    @Test
    void who_sees_further_than_a_community_reads_only_whatever_roles_are_planted() {
        users.addAbove(ONE, ADMIN, "zhao", "赵经理", "p4ss", Sight.OPERATOR);
        ConsoleUser zhao = users.find("zhao").orElseThrow();
        assertThat(zhao.outlook()).isEqualTo(new Outlook(1, Sight.OPERATOR, ""));
        assertThat(zhao.state()).isEqualTo(AccountState.GIVEN);
        database.jdbc()
                .sql("insert into console_user_role (community_id, user_id, role) values (1, ?, 'ADMIN')")
                .param(zhao.id())
                .update();
        assertThat(users.find("zhao").orElseThrow().roles()).containsExactly(Role.OVERSEER);
        assertThat(users.of(ONE))
                .singleElement()
                .satisfies(user -> assertThat(user.getAuthorities()).hasToString("[ROLE_OVERSEER]"));
        assertThat(database.jdbc()
                        .sql("select after_text from audit_entry where action = 'user.sight'")
                        .query(String.class)
                        .single())
                .isEqualTo("OPERATOR");
    }

    @Test
    void a_session_turned_to_another_community_keeps_its_user_s_home() {
        ConsoleUser looking = TestUsers.above(Sight.CITY, 1, Role.OVERSEER).lookingAt(TWO, "乙小区");
        assertThat(looking.community()).isEqualTo(TWO);
        assertThat(looking.outlook()).isEqualTo(new Outlook(1, Sight.CITY, "乙小区"));
        assertThat(looking.roles()).containsExactly(Role.OVERSEER);
        assertThat(TestUsers.principal("chen", Role.DESK).outlook().above()).isFalse();
    }

    private long count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
