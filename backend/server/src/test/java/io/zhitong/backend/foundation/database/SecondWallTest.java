package io.zhitong.backend.foundation.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.CommunityScope;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Between communities stand the conditions of every statement, and behind them PostgreSQL's row-level security. */
final class SecondWallTest {
    private static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.PG);
    private static final JdbcClient APPLICATION = DATABASE.jdbc();
    private static final JdbcClient OWNER = JdbcClient.create(DATABASE.owner());
    private static final String BARE = "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')"
            + " and a.attname = 'community_id' and not c.relispartition and not (c.relrowsecurity and exists"
            + " (select from pg_policy p where p.polrelid = c.oid and p.polname = 'community')) order by 1";

    @BeforeAll
    static void twoCommunities() {
        TestEstate estate = new TestEstate(DATABASE);
        estate.demo();
        OWNER.sql("insert into community (community_id, number, name, city_code, zone, day_end)"
                        + " select 2, 44030002, '乙小区', city_code, zone, day_end from community where community_id = 1")
                .update();
        TestEvents events = new TestEvents(DATABASE);
        for (int community = 1; community <= 2; community++) {
            TestJournal journal = new TestJournal(community, 42, 0x77 + community);
            events.append(journal, journal.fill(3 * community));
        }
    }

    @AfterEach
    void leave() {
        CommunityScope.leave();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static long count(JdbcClient jdbc, String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    /** The application role on a connection that nobody told anything. */
    private static Connection untold() throws SQLException {
        try (Connection owner = DATABASE.owner().getConnection()) {
            return DriverManager.getConnection(owner.getMetaData().getURL(), EmbeddedServer.APPLICATION, "");
        }
    }

    @Test
    void what_spans_communities_says_so_and_the_request_is_narrow_again_afterwards() {
        CommunityScope.enter(2);
        assertThat(CommunityScope.<Long>everywhere(() -> count(APPLICATION, "community")))
                .isEqualTo(2);
        assertThat(count(APPLICATION, "community")).isEqualTo(1);
        assertThatThrownBy(() -> CommunityScope.everywhere(() -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(CommunityScope.present()).isEqualTo("2");
    }

    @Test
    void one_community_after_another_is_asked_within_its_own_walls() {
        CommunityScope.enter(2);
        assertThat(CommunityScope.<Long>within(1, () -> count(APPLICATION, "device_event")))
                .isEqualTo(3);
        assertThat(count(APPLICATION, "device_event")).isEqualTo(6);
        assertThatThrownBy(() -> CommunityScope.within(1, () -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(CommunityScope.present()).isEqualTo("2");
        CommunityScope.leave();
        assertThat(CommunityScope.<String>within(1, CommunityScope::present)).isEqualTo("1");
        assertThat(CommunityScope.present()).isEqualTo(CommunityScope.ALL);
    }

    @Test
    void a_community_shows_itself_and_nobody_else_does_it_in_its_place() {
        CommunityScope.enter(1);
        APPLICATION.sql("insert into estate_operator values (1, '物业', 1, '小区')").update();
        APPLICATION
                .sql("insert into community_above (member, operator_id) values (1, 1)")
                .update();
        for (String foreign : List.of(
                "insert into community_above (member, operator_id) values (2, 1)",
                "update community_above set member = 2",
                "insert into city values ('4403', '深圳', 2, '小区')",
                "update estate_operator set head = 2")) {
            assertThatThrownBy(() -> APPLICATION.sql(foreign).update())
                    .as(foreign)
                    .hasStackTraceContaining("row-level security");
        }
        CommunityScope.enter(2);
        assertThat(count(APPLICATION, "community_above")).as("seen by all").isEqualTo(1);
        assertThat(APPLICATION
                        .sql("update community_above set operator_id = null")
                        .update())
                .isZero();
        assertThat(APPLICATION.sql("delete from community_above").update()).isZero();
        assertThat(APPLICATION.sql("update estate_operator set name = '冒名'").update())
                .isZero();
    }

    @Test
    void a_connection_that_was_told_nothing_reads_nothing_and_writes_nothing() throws SQLException {
        try (Connection connection = untold()) {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            for (String table : List.of("community", "device", "device_event", "device_journal", "event_order")) {
                assertThat(count(jdbc, table)).as(table).isZero();
                assertThat(count(OWNER, table)).as(table).isPositive();
            }
            assertThat(jdbc.sql("update device set name = 'x'").update()).isZero();
            assertThatThrownBy(() -> jdbc.sql("insert into presence_head (community_id, changes) values (1, 1)")
                            .update())
                    .hasStackTraceContaining("row-level security");
        }
    }

    @Test
    void a_user_s_request_sees_its_community_although_no_condition_says_so() {
        assertThat(count(APPLICATION, "device_event")).as("the program itself").isEqualTo(9);
        CommunityScope.enter(1);
        assertThat(count(APPLICATION, "device_event")).isEqualTo(3);
        assertThat(count(APPLICATION, "community")).isEqualTo(1);
        CommunityScope.enter(2);
        assertThat(count(APPLICATION, "device_event")).isEqualTo(6);
        assertThat(APPLICATION
                        .sql("select distinct community_id from device_event")
                        .query(Integer.class)
                        .list())
                .containsExactly(2);
        CommunityScope.enter(3);
        assertThat(count(APPLICATION, "device_event")).isZero();
        CommunityScope.leave();
        assertThat(count(APPLICATION, "device_event")).isEqualTo(9);
    }

    @Test
    void rows_of_another_community_are_neither_changed_nor_made() {
        CommunityScope.enter(2);
        assertThat(APPLICATION
                        .sql("update device set name = '换名' where community_id = 1")
                        .update())
                .isZero();
        assertThat(APPLICATION
                        .sql("delete from device_point where community_id = 1")
                        .update())
                .isZero();
        assertThatThrownBy(() -> APPLICATION
                        .sql("insert into presence_head (community_id, changes) values (1, 7)")
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("row-level security");
        assertThat(OWNER.sql("select count(*) from device where name = '换名'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void one_thread_s_scope_is_no_other_s_and_a_connection_is_told_anew_for_each() throws Exception {
        CommunityScope.enter(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(other.submit(() -> count(APPLICATION, "device_event"))
                                .get())
                        .isEqualTo(9);
                assertThat(count(APPLICATION, "device_event")).isEqualTo(3);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            other.shutdown();
        }
    }

    @Test
    void within_a_transaction_that_is_undone_and_after_it_the_scope_is_as_told() {
        CommunityScope.enter(1);
        DATABASE.transactions().executeWithoutResult(status -> {
            assertThat(count(APPLICATION, "device_event")).isEqualTo(3);
            status.setRollbackOnly();
        });
        assertThat(count(APPLICATION, "device_event")).isEqualTo(3);
        CommunityScope.leave();
        assertThat(count(APPLICATION, "device_event")).isEqualTo(9);
    }

    @Test
    void every_table_with_a_community_stands_behind_the_wall_and_a_planted_one_without_is_found() {
        assertThat(OWNER.sql(BARE).query(String.class).list()).isEmpty();
        assertThat(OWNER.sql("select count(*) from pg_policy").query(Long.class).single())
                .as("tables")
                .isGreaterThan(50);
        OWNER.sql("create table planted (community_id int)").update();
        assertThat(OWNER.sql(BARE).query(String.class).list()).containsExactly("planted");
        OWNER.sql("drop table planted").update();
    }

    @Test
    void what_a_program_asks_by_its_own_conditions_still_goes_by_the_key() {
        CommunityScope.enter(1);
        List<String> plan = APPLICATION
                .sql("explain select * from device_journal where community_id = 1 and device_number = 42")
                .query(String.class)
                .list();
        assertThat(String.join("\n", plan)).contains("InitPlan").doesNotContain("SubPlan");
    }

    @Test
    void communities_are_numbers_and_nothing_else_reaches_the_statement() {
        CommunityScope.enter(new CommunityId(7).value());
        assertThat(CommunityScope.present()).isEqualTo("7");
        assertThat(APPLICATION.sql("show zhitong.community").query(String.class).single())
                .isEqualTo("7");
    }
}
