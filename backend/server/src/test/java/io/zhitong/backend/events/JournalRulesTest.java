package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventBatch.Chained;
import io.zhitong.backend.events.Judgement.Finding;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever a journal sends: judged and stored as by a plain model of the rules. */
@BothDatabases
final class JournalRulesTest {
    private static final int ROUNDS = Math.min(2_000, Integer.getInteger("zhitong.rounds", 5));

    private final TestDatabase database;
    private final TestEvents events;

    JournalRulesTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database);
    }

    @Test
    void every_batch_is_judged_as_the_model_judges_it() {
        Set<String> met = new HashSet<>();
        for (int round = 0; round < 40 * ROUNDS; round++) {
            TestJournal journal = new TestJournal(1, 42, round + 1);
            JournalStory story = new JournalStory(new Random(round), journal);
            NaiveJournal model = new NaiveJournal();
            Watermark known = Watermark.start(journal.id());
            while (!story.over()) {
                List<JournalRecord> batch = story.next();
                known = judged(known, batch, model, met);
            }
        }
        assertThat(met).containsExactlyInAnyOrder("plain", "Hole", "Broken", "Statement", "below");
    }

    private static Watermark judged(Watermark known, List<JournalRecord> batch, NaiveJournal model, Set<String> met) {
        Set<Long> before = new TreeSet<>(model.stored.keySet());
        Set<Long> missing = new TreeSet<>(model.missing);
        Judgement judged = Judgement.of(known, batch.stream().map(Chained::new).toList());
        model.take(batch);
        assertThat(judged.reached().sequence()).isEqualTo(model.newest());
        List<Long> fresh = judged.fresh().stream().map(Chained::sequence).toList();
        assertThat(fresh).isSorted().doesNotHaveDuplicates();
        fresh.forEach(number -> assertThat(before.add(number)).isTrue());
        assertThat(before).isEqualTo(model.stored.keySet());
        judged.findings().forEach(finding -> {
            met.add(finding.getClass().getSimpleName());
            if (finding instanceof Finding.Hole hole) {
                LongStream.rangeClosed(hole.first(), hole.last()).forEach(missing::add);
            }
        });
        assertThat(missing).isEqualTo(model.missing);
        assertThat(judged.below()).hasSize(batch.size() - fresh.size());
        if (judged.plain()) {
            met.add("plain");
        }
        if (!judged.below().isEmpty()) {
            met.add("below");
        }
        return judged.reached();
    }

    @Test
    void what_lies_in_the_tables_is_what_the_model_holds() {
        for (int round = 0; round < ROUNDS; round++) {
            TestJournal journal = new TestJournal(1, 42, 1_000 + round);
            JournalStory story = new JournalStory(new Random(7_000 + round), journal);
            NaiveJournal model = new NaiveJournal();
            while (!story.over()) {
                List<JournalRecord> batch = story.next();
                model.take(batch);
                assertThat(events.append(journal, batch))
                        .isEqualTo(model.stored.lastEntry().getValue().watermark());
            }
            assertThat(stored(journal)).as("round " + round).isEqualTo(List.copyOf(model.stored.values()));
            assertThat(numbers(journal, "")).isEqualTo(model.missing);
            assertThat(numbers(journal, " and declared")).isEqualTo(model.explained);
            assertThat(conflicts(journal)).containsExactlyInAnyOrderElementsOf(model.conflicts);
        }
    }

    private List<JournalRecord> stored(TestJournal journal) {
        return database.jdbc()
                .sql("select record from device_event where journal = ? order by position")
                .param(journal.id().value())
                .query((row, n) -> JournalRecord.decode(row.getBytes(1)))
                .list();
    }

    private Set<Long> numbers(TestJournal journal, String which) {
        Set<Long> numbers = new TreeSet<>();
        List<Long> all = new ArrayList<>();
        database.jdbc()
                .sql("select first_sequence, last_sequence from event_gap where journal = ?" + which)
                .param(journal.id().value())
                .query(row -> {
                    LongStream.rangeClosed(row.getLong(1), row.getLong(2)).forEach(all::add);
                });
        numbers.addAll(all);
        assertThat(all).as("no number in two gaps").hasSameSizeAs(numbers);
        return numbers;
    }

    private List<String> conflicts(TestJournal journal) {
        return database.jdbc()
                .sql("select sequence, reason from event_conflict where journal = ?")
                .param(journal.id().value())
                .query((row, n) -> row.getLong(1) + " " + row.getString(2))
                .list();
    }
}
