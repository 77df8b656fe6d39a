package io.zhitong.backend.events.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.devices.PublishFigure;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.machinetls.MachineProfile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures measure what they say: every event is stored once, by both ways. */
final class EventBenchTest {
    @Test
    void made_journals_hold_chained_records_that_decode() {
        MadeJournal journal = new MadeJournal(BenchEstate.device(3), 9, 10);
        List<JournalRecord> all = journal.after(0, Integer.MAX_VALUE);
        assertThat(all).hasSize(10);
        for (int i = 1; i < 10; i++) {
            assertThat(all.get(i).previous()).isEqualTo(all.get(i - 1).hash());
        }
        assertThat(AccessEvent.decode(all.get(0).body().toByteArray())
                        .evidence()
                        .length())
                .isZero();
        assertThat(journal.after(4, 1)).containsExactly(all.get(4));
        assertThat(journal.after(10, 9)).isEmpty();
    }

    @Test
    void the_store_and_the_bare_copy_each_take_every_row() {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            StoreFigure figure = StoreFigure.measure(database, 6_400);
            assertThat(database.jdbc()
                            .sql("select count(*) from device_event")
                            .query(Long.class)
                            .single())
                    .isEqualTo(6 * 6_400);
            assertThat(figure.stored()).isPositive();
            assertThat(figure.line()).contains("event-store").contains("floor 0.50");
        }
    }

    @Test
    void events_of_another_process_are_stored_once_and_read_in_order(@TempDir Path folder) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            LinkFigure figure = LinkFigure.measure(database, folder, 2_000);
            assertThat(database.jdbc()
                            .sql("select count(distinct (device_number, journal, sequence)) from device_event")
                            .query(Long.class)
                            .single())
                    .isEqualTo(2_000);
            assertThat(database.jdbc()
                            .sql("select count(*) from event_gap")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(figure.rate()).isPositive();
            assertThat(figure.readSeconds()).isGreaterThanOrEqualTo(figure.seconds());
        }
    }

    @Test
    void controllers_come_back_to_a_backend_that_was_killed_and_every_tap_is_stored_once(@TempDir Path folder) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            StormFigure figure = StormFigure.measure(database, folder, MachineProfile.P256, 4);
            assertThat(figure.stored()).isTrue();
            assertThat(figure.taps()).isGreaterThan(100);
            assertThat(figure.back()).isBetween(0.0, figure.complete());
            assertThat(figure.limit()).isPositive();
            assertThat(figure.held()).isTrue();
            assertThat(figure.line()).contains("each stored once").endsWith("held 达标");
        }
    }

    @Test
    void headers_of_three_devices_hang_on_one_signature_of_a_real_vault_and_bring_what_changed(@TempDir Path folder) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            PublishFigure figure = PublishFigure.measure(database, folder, 3, 200);
            assertThat(figure.good()).isTrue();
            assertThat(figure.leaves()).isEqualTo(3);
            assertThat(figure.millis()).hasSize(9).isSorted();
            assertThat(figure.line()).contains("3 headers under one signature, each good");
        }
    }

    @Test
    void a_publication_that_took_too_long_or_was_signed_in_parts_does_not_hold() {
        assertThat(new PublishFigure(3, 9, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 500}, 1, 3, true).held())
                .isTrue();
        assertThat(new PublishFigure(3, 9, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 501}, 1, 3, true).held())
                .isFalse();
        assertThat(new PublishFigure(3, 9, new double[9], 1, 2, true).held()).isFalse();
        assertThat(new PublishFigure(3, 9, new double[9], 1, 3, false).line()).endsWith("NOT HELD 未达标");
    }

    @Test
    void a_storm_that_lost_a_tap_or_took_too_long_does_not_hold() {
        assertThat(new StormFigure(MachineProfile.SM2, 9, 1, 120, 121, 9, 9, true, 1).held())
                .isTrue();
        assertThat(new StormFigure(MachineProfile.SM2, 9, 1, 121, 122, 9, 9, true, 1).held())
                .isFalse();
        StormFigure torn = new StormFigure(MachineProfile.SM2, 9, 1, 2, 3, 9, 9, false, 1);
        assertThat(torn.held()).isFalse();
        assertThat(torn.line()).contains("NOT each stored once").endsWith("NOT HELD 未达标");
    }
}
