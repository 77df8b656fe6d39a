package io.zhitong.backend.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the running program may not do to history, asked of PostgreSQL itself and tried. */
final class AppendOnlyTest {
    private static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.PG);
    private static final JdbcClient OWNER = JdbcClient.create(DATABASE.owner());

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit_entry",
                "device_event",
                "event_conflict",
                "ledger_account",
                "ledger_entry",
                "ledger_transfer",
                "ledger_snapshot",
                "suspense_item",
                "purse_load",
                "settlement_package",
                "settlement_day",
                "vault_checkpoint",
                "policy_version",
                "list_installed",
                "presence_correction",
                "presence_amnesty",
                "car_correction",
                "parking_space"
            })
    void history_is_added_to_and_read_and_never_changed(String table) {
        assertThat(may(table, "SELECT")).isTrue();
        assertThat(may(table, "INSERT")).isTrue();
        for (String act : new String[] {"UPDATE", "DELETE", "TRUNCATE"}) {
            assertThat(may(table, act)).as(act).isFalse();
        }
        for (String sql : new String[] {
            "delete from " + table,
            "truncate " + table,
            "update " + table + " set " + (table.equals("vault_checkpoint") ? "number" : "community_id") + " = 2",
            "drop table " + table,
            "alter table " + table + " disable trigger all"
        }) {
            assertThatThrownBy(() -> DATABASE.jdbc().sql(sql).update())
                    .as(sql)
                    .isInstanceOf(BadSqlGrammarException.class)
                    .hasStackTraceContaining(
                            sql.startsWith("drop") || sql.startsWith("alter") ? "must be owner" : "permission denied");
        }
        // Only a warning in PostgreSQL; nothing comes of it.
        DATABASE.jdbc()
                .sql("grant delete on " + table + " to " + EmbeddedServer.APPLICATION)
                .update();
        assertThat(may(table, "DELETE")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"purchase", "credential", "device_token", "event_cursor", "spring_session"})
    void what_changes_in_daily_work_may_be_changed(String table) {
        assertThat(may(table, "UPDATE")).isTrue();
        assertThat(may(table, "DELETE")).isTrue();
    }

    @Test
    void every_table_that_is_marked_append_only_was_looked_at_above() {
        List<String> marked = OWNER.sql("select c.relname from pg_class c where obj_description(c.oid)"
                        + " like 'append only%' and c.relkind in ('r', 'p') order by 1")
                .query(String.class)
                .list();
        assertThat(marked).hasSize(18);
    }

    @Test
    void the_application_role_owns_nothing_and_has_no_special_power() {
        assertThat(OWNER.sql("select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls from pg_roles"
                                + " where rolname = ?")
                        .param(EmbeddedServer.APPLICATION)
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(OWNER.sql("select count(*) from pg_class where pg_get_userbyid(relowner) = ?")
                        .param(EmbeddedServer.APPLICATION)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(OWNER.sql("select pg_has_role(?, ?, 'MEMBER')")
                        .params(EmbeddedServer.APPLICATION, EmbeddedServer.OWNER)
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void a_commit_is_on_the_disk_before_it_is_answered() {
        assertThat(DATABASE.jdbc().sql("show fsync").query(String.class).single())
                .isEqualTo("on");
        assertThat(DATABASE.jdbc()
                        .sql("show synchronous_commit")
                        .query(String.class)
                        .single())
                .isEqualTo("on");
        assertThat(DATABASE.jdbc()
                        .sql("show full_page_writes")
                        .query(String.class)
                        .single())
                .isEqualTo("on");
    }

    private static boolean may(String table, String act) {
        return OWNER.sql("select has_table_privilege(?, ?, ?)")
                .params(EmbeddedServer.APPLICATION, table, act)
                .query(Boolean.class)
                .single();
    }
}
