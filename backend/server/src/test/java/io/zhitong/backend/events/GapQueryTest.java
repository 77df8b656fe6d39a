package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of the gaps reads, and which statements of loss explain a gap. */
@BothDatabases
final class GapQueryTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(RandomSource.secure());
    private static final Sm2PrivateKey STRANGER = Sm2PrivateKey.generate(RandomSource.secure());

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:10.123456Z");
    private final TestEvents events;
    private final GapQuery query;

    GapQueryTest(TestDatabase database) {
        events = new TestEvents(
                database,
                (device, message, signature) ->
                        device.equals(DeviceAddress.of(1, 42)) && Sm2.verify(KEY.publicKey(), message, signature),
                clock);
        query = new GapQuery(database.jdbc());
    }

    @Test
    void a_statement_signed_by_the_device_explains_the_gap() {
        TestJournal journal = withHole(42);
        append(journal, statement(journal, KEY, 2, 4));
        assertThat(query.gaps(ONE, GapQuery.Wanted.ALL, Optional.empty(), 9))
                .extracting(JournalGap::first, JournalGap::last, JournalGap::declared, JournalGap::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, 4L, true, 3L));
        assertThat(query.totals(ONE)).isEqualTo(new GapQuery.Totals(0, 0, 1, 0));
    }

    @Test
    void a_statement_that_somebody_else_signed_explains_nothing_and_is_shown() {
        TestJournal journal = withHole(42);
        append(journal, statement(journal, STRANGER, 2, 4));
        TestJournal neighbour = withHole(43);
        append(neighbour, statement(neighbour, KEY, 2, 4));
        assertThat(query.gaps(ONE, GapQuery.Wanted.ALL, Optional.empty(), 9))
                .hasSize(2)
                .noneMatch(JournalGap::declared);
        assertThat(query.conflicts(ONE, Optional.empty(), Optional.empty(), 9))
                .extracting(JournalConflict::reason)
                .containsExactly(Conflict.NOT_SIGNED, Conflict.NOT_SIGNED);
        assertThat(query.totals(ONE)).isEqualTo(new GapQuery.Totals(2, 6, 0, 2));
        assertThat(events.reader().newest(ONE)).isEqualTo(6);
    }

    /** A signed statement is about its own journal, run, count and hash: with any of them changed it is not signed. */
    @Test
    void no_field_of_a_signed_statement_can_be_changed() {
        TestJournal journal = withHole(42);
        Tombstone said = signed(journal, KEY, 2, 2);
        for (Tombstone changed : List.of(
                new Tombstone(said.cause(), 2, 4, 1, Hash.ZERO, said.signature()),
                new Tombstone(said.cause(), 1, 2, 1, Hash.ZERO, said.signature()),
                new Tombstone(said.cause(), 2, 2, 9, Hash.ZERO, said.signature()),
                new Tombstone(said.cause(), 2, 2, 1, journal.records().get(0).hash(), said.signature()),
                new Tombstone(Tombstone.Cause.NOT_WRITTEN, 2, 2, 1, Hash.ZERO, said.signature()))) {
            append(journal, journal.write(EventKind.RECORDS_LOST, 0, changed.encode()));
        }
        assertThat(query.totals(ONE)).isEqualTo(new GapQuery.Totals(1, 3, 0, 5));
        append(journal, journal.write(EventKind.RECORDS_LOST, 0, said.encode()));
        assertThat(query.totals(ONE)).isEqualTo(new GapQuery.Totals(1, 2, 1, 5));
    }

    @Test
    void pages_follow_each_other_without_hole_or_repeat_whatever_came_at_the_same_time() {
        for (int i = 0; i < 23; i++) {
            withHole(42 + i % 3, i + 1);
            if (i % 5 == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
        }
        List<JournalGap> all = query.gaps(ONE, GapQuery.Wanted.ALL, Optional.empty(), 100);
        assertThat(all).hasSize(23).doesNotHaveDuplicates();
        assertThat(all).extracting(JournalGap::noticed).isSortedAccordingTo((a, b) -> b.compareTo(a));
        List<JournalGap> paged = new ArrayList<>();
        Optional<GapQuery.Place> behind = Optional.empty();
        for (List<JournalGap> page; !(page = query.gaps(ONE, GapQuery.Wanted.ALL, behind, 4)).isEmpty(); ) {
            paged.addAll(page);
            GapQuery.Place place = GapQuery.Place.of(page.get(page.size() - 1));
            assertThat(GapQuery.Place.parse(place.toString())).isEqualTo(place);
            behind = Optional.of(place);
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void a_filter_shows_one_device_or_one_state() {
        append(withHole(42), List.of());
        TestJournal journal = withHole(42, 9);
        append(journal, statement(journal, KEY, 3, 3));
        withHole(43);
        assertThat(gaps(Optional.of(new DeviceId(43)), Optional.empty())).containsExactly("43 2-4 false");
        assertThat(gaps(Optional.empty(), Optional.of(true))).containsExactly("42 3-3 true");
        assertThat(gaps(Optional.of(new DeviceId(42)), Optional.of(false)))
                .containsExactlyInAnyOrder("42 2-4 false", "42 2-2 false", "42 4-4 false");
        assertThat(query.gaps(new CommunityId(2), GapQuery.Wanted.ALL, Optional.empty(), 9))
                .isEmpty();
        assertThat(query.totals(new CommunityId(2))).isEqualTo(new GapQuery.Totals(0, 0, 0, 0));
    }

    @Test
    void conflicts_are_paged_by_their_number() {
        TestJournal journal = withHole(42);
        for (int i = 0; i < 7; i++) {
            append(journal, journal.records().get(1));
            clock.advance(Duration.ofMillis(5));
        }
        List<UUID> paged = new ArrayList<>();
        Optional<UUID> before = Optional.empty();
        for (List<JournalConflict> page;
                !(page = query.conflicts(ONE, Optional.of(new DeviceId(42)), before, 3)).isEmpty(); ) {
            page.forEach(each -> paged.add(each.id()));
            before = Optional.of(page.get(page.size() - 1).id());
        }
        assertThat(paged).hasSize(7).doesNotHaveDuplicates();
        assertThat(query.conflicts(ONE, Optional.of(new DeviceId(43)), Optional.empty(), 9))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1-1-1",
                "1-42-0000000000000000-1",
                "1-42-00000000000000AB-",
                "1-4294967296-00000000000000AB-1",
                "1-0-00000000000000AB-1",
                "-1-42-00000000000000AB-1",
                "999999999999999999-42-00000000000000AB-1",
                "1-42-00000000000000AB-9999999999999999999",
                "1-42-00000000000000ab-1 or 1=1"
            })
    void a_place_that_nobody_was_given_is_refused(String text) {
        assertThatThrownBy(() -> GapQuery.Place.parse(text)).isInstanceOf(MalformedInput.class);
    }

    private List<String> gaps(Optional<DeviceId> device, Optional<Boolean> declared) {
        return query.gaps(ONE, new GapQuery.Wanted(device, declared), Optional.empty(), 9).stream()
                .map(gap -> gap.device().value() + " " + gap.first() + "-" + gap.last() + " " + gap.declared())
                .toList();
    }

    private TestJournal withHole(long device) {
        return withHole(device, 0x00AB_0000_0000_0001L);
    }

    /** Records 1 and 5 arrived, 2 to 4 did not. */
    private TestJournal withHole(long device, long id) {
        TestJournal journal = new TestJournal(1, device, id);
        List<JournalRecord> all = journal.fill(5);
        events.append(journal, List.of(all.get(0), all.get(4)));
        return journal;
    }

    private void append(TestJournal journal, JournalRecord record) {
        events.append(journal, List.of(record));
    }

    private void append(TestJournal journal, List<JournalRecord> records) {
        events.append(journal, records);
    }

    private static JournalRecord statement(TestJournal journal, Sm2PrivateKey key, long first, long last) {
        return journal.write(
                EventKind.RECORDS_LOST, 0, signed(journal, key, first, last).encode());
    }

    private static Tombstone signed(TestJournal journal, Sm2PrivateKey key, long first, long last) {
        byte[] message = Tombstone.message(
                journal.community(),
                journal.device(),
                journal.id(),
                Tombstone.Cause.JOURNAL_FULL,
                first,
                last,
                1,
                Hash.ZERO);
        return new Tombstone(
                Tombstone.Cause.JOURNAL_FULL,
                first,
                last,
                1,
                Hash.ZERO,
                Octets.of(Sm2.sign(key, message, RandomSource.secure())));
    }
}
