package io.zhitong.backend.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@BothDatabases
final class AuditTextTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final AuditLog log;

    AuditTextTest(TestDatabase database) {
        this.database = database;
        log = TestAudit.log(database, Clock.fixed(Instant.parse("2026-05-01T08:00:00.123456Z"), ZoneOffset.UTC));
    }

    @Test
    void a_text_longer_than_its_column_is_cut_off_with_a_mark_and_fails_no_act() {
        record("s".repeat(5000), "b".repeat(4000), "a".repeat(4001));
        AuditEntry entry = newest();
        assertThat(entry.subject()).hasSize(200).endsWith("ss…");
        assertThat(entry.before()).isEqualTo("b".repeat(4000));
        assertThat(entry.after()).hasSize(4000).endsWith("aa…");
        assertThat(log.firstBroken(ONE)).isEmpty();
    }

    @Test
    void a_character_of_two_units_is_not_cut_in_half() {
        record("x".repeat(198) + "𠮷𠮷", "", "");
        assertThat(newest().subject()).isEqualTo("x".repeat(198) + "…");
    }

    @Test
    void any_character_can_be_recorded_and_the_chain_holds() {
        for (String text : new String[] {"a\u0000b", "\u001f", "', '');--", "表情🙂", "a\nb", "\\"}) {
            record(text, text, text);
            assertThat(newest().after()).isEqualTo(text.replace('\u0000', '\uFFFD'));
        }
        assertThat(log.firstBroken(ONE)).isEmpty();
    }

    /** The rule of docs, carried out here once more: SM3(32 zero bytes ‖ fields joined by 1F). */
    @Test
    void the_hash_of_the_first_entry_is_what_the_published_rule_says() {
        record("card 1", "old", "new");
        byte[] text = "1\u001f2026-05-01T08:00:00.123456Z\u001fdesk\u001fcard.lost\u001fcard 1\u001fold\u001fnew"
                .getBytes(StandardCharsets.UTF_8);
        byte[] stored = database.jdbc()
                .sql("select hash from audit_entry")
                .query((row, n) -> row.getBytes(1))
                .single();
        assertThat(Hex.of(stored)).isEqualTo(Hex.of(Sm3.hash(new byte[32], text)));
    }

    @Test
    void two_communities_have_chains_of_their_own() {
        record("1", "", "");
        write(new CommunityId(2), "2");
        record("3", "", "");
        assertThat(log.newest(new CommunityId(2), OptionalLong.empty(), 9))
                .extracting(AuditEntry::number)
                .containsExactly(1L);
        assertThat(newest().number()).isEqualTo(2);
        assertThat(log.firstBroken(new CommunityId(3))).isEmpty();
    }

    @Test
    void eight_clerks_at_once_leave_numbers_without_a_gap_and_a_whole_chain() throws Exception {
        record("0", "", "");
        ExecutorService clerks = Executors.newFixedThreadPool(8);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            String subject = "card " + i;
            work.add(clerks.submit(() -> write(ONE, subject)));
        }
        for (Future<?> each : work) {
            each.get();
        }
        clerks.shutdown();
        assertThat(newest().number()).isEqualTo(81);
        assertThat(log.firstBroken(ONE)).isEmpty();
    }

    @Test
    void nobody_acts_without_a_name() {
        for (String name : new String[] {"", "  ", "\t", "n".repeat(101)}) {
            assertThatThrownBy(() -> new Actor(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void record(String subject, String before, String after) {
        database.transactions()
                .executeWithoutResult(s -> log.record(ONE, new Actor("desk"), "card.lost", subject, before, after));
    }

    private void write(CommunityId community, String subject) {
        database.transactions()
                .executeWithoutResult(s -> log.record(community, new Actor("desk"), "card.lost", subject, "", ""));
    }

    private AuditEntry newest() {
        return log.newest(ONE, OptionalLong.empty(), 1).get(0);
    }
}
