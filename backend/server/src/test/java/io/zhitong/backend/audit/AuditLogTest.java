package io.zhitong.backend.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@BothDatabases
final class AuditLogTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor CLERK = new Actor("desk");

    private final TestDatabase database;
    private final AuditLog log;

    AuditLogTest(TestDatabase database) {
        this.database = database;
        Clock clock = Clock.fixed(Instant.parse("2026-05-01T08:00:00Z"), ZoneOffset.UTC);
        this.log = new AuditLog(database.jdbc(), clock);
    }

    @Test
    void entries_of_a_community_are_numbered_without_gaps_and_read_newest_first() {
        record("card.issue", "card 1");
        record("card.lost", "card 1");
        database.transactions()
                .executeWithoutResult(s -> log.record(new CommunityId(2), CLERK, "card.issue", "card 9", "", ""));
        assertThat(log.newest(ONE, OptionalLong.empty(), 10))
                .extracting(AuditEntry::number, AuditEntry::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, "card.lost"),
                        org.assertj.core.groups.Tuple.tuple(1L, "card.issue"));
        assertThat(log.newest(ONE, OptionalLong.of(2), 10))
                .extracting(AuditEntry::action)
                .containsExactly("card.issue");
    }

    @Test
    void a_rolled_back_act_leaves_no_entry_and_no_gap() {
        record("card.issue", "card 1");
        database.transactions().executeWithoutResult(status -> {
            log.record(ONE, CLERK, "card.cancel", "card 1", "", "");
            status.setRollbackOnly();
        });
        record("card.lost", "card 1");
        assertThat(log.newest(ONE, OptionalLong.empty(), 10))
                .extracting(AuditEntry::action)
                .containsExactly("card.lost", "card.issue");
        assertThat(log.firstBroken(ONE)).isEmpty();
    }

    @Test
    void a_changed_entry_and_a_removed_entry_are_found_by_the_chain() {
        record("card.issue", "card 1");
        record("card.issue", "card 2");
        record("card.issue", "card 3");
        JdbcClient owner = JdbcClient.create(database.owner());
        owner.sql("update audit_entry set subject = 'card 7' where number = 2").update();
        assertThat(log.firstBroken(ONE)).hasValue(2);
        owner.sql("update audit_entry set subject = 'card 2' where number = 2").update();
        assertThat(log.firstBroken(ONE)).isEmpty();
        owner.sql("delete from audit_entry where number = 1").update();
        assertThat(log.firstBroken(ONE)).hasValue(1);
    }

    @Test
    void an_end_that_was_cut_off_and_a_head_that_was_set_back_are_found() {
        record("card.issue", "card 1");
        record("card.issue", "card 2");
        record("card.issue", "card 3");
        AuditLog.Check whole = log.check(ONE);
        assertThat(whole.whole()).isTrue();
        assertThat(whole.entries()).isEqualTo(3);
        assertThat(whole.hash()).matches("[0-9a-f]{64}");
        JdbcClient owner = JdbcClient.create(database.owner());
        owner.sql("create table kept as select * from audit_entry where number = 3")
                .update();
        owner.sql("delete from audit_entry where number = 3").update();
        assertThat(log.check(ONE).brokenAt()).as("the head knows of a third").isEqualTo(3);
        owner.sql("insert into audit_entry select * from kept").update();
        assertThat(log.check(ONE).whole()).isTrue();
        owner.sql("update audit_head set number = 2, hash = (select hash from audit_entry where number = 2)")
                .update();
        assertThat(log.check(ONE).brokenAt()).as("an entry behind the head").isEqualTo(3);
        owner.sql("delete from audit_entry where number = 3").update();
        AuditLog.Check rewritten = log.check(ONE);
        assertThat(rewritten.whole()).as("who owns the database can do this").isTrue();
        assertThat(rewritten.hash()).as("a hash kept elsewhere tells").isNotEqualTo(whole.hash());
    }

    @Test
    void a_chain_longer_than_a_piece_is_read_to_its_end() {
        for (int i = 0; i < AuditLog.PIECE + 2; i++) {
            record("card.issue", "card " + i);
        }
        assertThat(log.check(ONE))
                .returns(true, AuditLog.Check::whole)
                .returns(AuditLog.PIECE + 2L, AuditLog.Check::entries);
        JdbcClient.create(database.owner())
                .sql("update audit_entry set actor = 'x' where number = " + (AuditLog.PIECE + 1))
                .update();
        assertThat(log.check(ONE).brokenAt()).isEqualTo(AuditLog.PIECE + 1L);
    }

    @Test
    void one_actor_s_entries_are_found_and_a_community_without_any_is_whole() {
        record("card.issue", "card 1");
        database.transactions()
                .executeWithoutResult(s -> log.record(ONE, new Actor("wang"), "card.issue", "card 2", "", ""));
        assertThat(log.newest(ONE, OptionalLong.empty(), "wang", 10))
                .extracting(AuditEntry::subject)
                .containsExactly("card 2");
        assertThat(log.newest(ONE, OptionalLong.empty(), "nobody", 10)).isEmpty();
        assertThat(log.check(new CommunityId(9)).whole()).isTrue();
    }

    @Test
    void the_application_role_may_not_change_or_remove_an_entry_on_postgresql() {
        record("card.issue", "card 1");
        if (database.kind() == DatabaseKind.PG) {
            for (String sql : new String[] {
                "update audit_entry set subject = 'x'", "delete from audit_entry", "truncate audit_entry"
            }) {
                assertThatThrownBy(() -> database.jdbc().sql(sql).update())
                        .rootCause()
                        .hasMessageContaining("permission denied");
            }
        }
        assertThat(log.newest(ONE, OptionalLong.empty(), 10)).hasSize(1);
    }

    private void record(String action, String subject) {
        database.transactions().executeWithoutResult(s -> log.record(ONE, CLERK, action, subject, "", "active"));
    }
}
