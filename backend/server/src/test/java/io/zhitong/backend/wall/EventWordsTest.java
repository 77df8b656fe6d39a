package io.zhitong.backend.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.commerce.TestSales;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.ResidenceRole;
import io.zhitong.backend.people.TestPeople;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

@BothDatabases
final class EventWordsTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");
    private static final long NOON = Instant.parse("2026-11-21T04:00:00Z").toEpochMilli();

    private final Map<CredentialNumber, PersonId> holders = new HashMap<>();
    private final TestEstate estate;
    private final People people;
    private final EventWords words;

    EventWordsTest(TestDatabase database) {
        estate = new TestEstate(database);
        people = TestPeople.on(database);
        StaticListableBeanFactory books = new StaticListableBeanFactory();
        books.addBean("book", new CredentialBook() {
            @Override
            public List<io.zhitong.backend.access.IssuedCredential> credentials(CommunityId community) {
                throw new IllegalStateException("a wall asks for one holder, not for all");
            }

            @Override
            public Optional<PersonId> holder(CommunityId community, CredentialNumber number) {
                return Optional.ofNullable(holders.get(number));
            }
        });
        words = new EventWords(estate.estate(), people, books.getBeanProvider(CredentialBook.class));
    }

    @BeforeEach
    void holder() {
        estate.demo();
        PersonId person = people.addPerson(ONE, "张伟", "zw");
        var unit = estate.estate().units(ONE).get(0);
        people.addResidence(
                ONE, person, people.addHousehold(ONE, unit.id()), ResidenceRole.OWNER, LocalDate.of(2026, 11, 1));
        holders.put(CARD, person);
    }

    @Test
    void a_grant_tells_who_where_how_and_when_in_the_communitys_time() {
        WallLine line = chinese(granted(42, 1, NOON));
        assertThat(List.of(line.time(), line.date(), line.what(), line.where(), line.who(), line.detail()))
                .containsExactly("12:00:00", "2026-11-21", "放行", "1号楼大门", "张伟 1号楼101", "密封认证");
        assertThat(line.position()).isEqualTo(5);
        assertThat(line.tone()).isEqualTo(WallLine.Tone.GRANTED);
        assertThat(english(granted(42, 1, NOON)).detail()).isEqualTo("sealed card transaction");
    }

    @Test
    void every_refusal_is_told_in_words_a_resident_understands() {
        EnumSet.complementOf(EnumSet.of(DenyReason.NONE)).forEach(this::refusal);
    }

    private void refusal(DenyReason reason) {
        StoredEvent event = access(42, 2, NOON, Outcome.DENIED, reason, Optional.empty());
        assertThat(chinese(event).tone()).isEqualTo(WallLine.Tone.DENIED);
        assertThat(chinese(event).detail()).isEqualTo(reason.chinese()).matches(".*\\p{IsHan}.*");
        assertThat(english(event).detail()).isEqualTo(reason.english()).doesNotContainPattern("\\p{IsHan}");
        assertThat(chinese(event).who()).isEmpty();
    }

    @Test
    void an_alarm_of_a_decision_tells_whose_it_was_and_why() {
        byte[] granted = new AlarmEvent(DenyReason.NONE, Optional.of(CARD)).encode();
        WallLine duress = chinese(event(42, 1, NOON, EventKind.DURESS.code(), granted));
        assertThat(List.of(duress.what(), duress.who(), duress.detail())).containsExactly("胁迫报警", "张伟 1号楼101", "");
        assertThat(duress.tone()).isEqualTo(WallLine.Tone.ALARM);
        byte[] wrong = new AlarmEvent(DenyReason.PIN_WRONG, Optional.empty()).encode();
        WallLine tries = english(event(42, 1, NOON, EventKind.NOT_GENUINE_REPEATED.code(), wrong));
        assertThat(List.of(tries.what(), tries.who(), tries.detail()))
                .containsExactly("five wrong tries in a row", "", "the PIN is wrong");
        WallLine soft = chinese(event(42, 1, NOON, EventKind.AGAINST_PASSBACK.code(), granted));
        assertThat(soft.tone()).isEqualTo(WallLine.Tone.PLAIN);
        assertThat(soft.who()).isEqualTo("张伟 1号楼101");
    }

    @Test
    void every_kind_is_told_in_both_languages_even_with_a_body_that_cannot_be_read() {
        EnumSet.allOf(EventKind.class).forEach(this::unreadable);
    }

    private void unreadable(EventKind kind) {
        StoredEvent event = event(42, 0, NOON, kind.code(), new byte[] {9, 9, 9});
        assertThat(chinese(event).what()).isEqualTo(kind.chinese());
        assertThat(english(event).what()).isEqualTo(kind.english());
        assertThat(chinese(event).where()).isEqualTo("1号楼门禁控制器");
        assertThat(chinese(event).detail()).isEmpty();
        assertThat(chinese(event).tone())
                .isEqualTo(kind.lane() == EventKind.Lane.ALARM ? WallLine.Tone.ALARM : WallLine.Tone.PLAIN);
    }

    @Test
    void a_kind_of_a_newer_device_and_a_device_nobody_knows_are_shown_as_such() {
        WallLine line = chinese(event(4711, 3, NOON, 0x7777, new byte[0]));
        assertThat(line.what()).isEqualTo("其他");
        assertThat(line.where()).isEqualTo("#4711");
    }

    @Test
    void a_point_nobody_entered_is_shown_as_its_device() {
        assertThat(chinese(granted(42, 99, NOON)).where()).isEqualTo("1号楼门禁控制器");
    }

    @Test
    void a_payment_shows_its_amount() {
        byte[] body = TestSales.paid(1, 7, 100, 123_456).encode();
        WallLine line = chinese(event(43, 1, NOON, EventKind.PURCHASE.code(), body));
        assertThat(line.tone()).isEqualTo(WallLine.Tone.PAYMENT);
        assertThat(line.detail()).contains("234.56");
        assertThat(line.where()).isEqualTo("社区便利店");
    }

    @Test
    void a_card_of_nobody_and_of_somebody_who_lived_elsewhere_that_day_is_shown_by_its_number() {
        CredentialNumber unknown = CredentialNumber.parse("4403010100000099");
        assertThat(chinese(access(42, 1, NOON, Outcome.GRANTED, DenyReason.NONE, Optional.of(unknown)))
                        .who())
                .isEqualTo("4403010100000099");
        long october = Instant.parse("2026-10-31T12:00:00Z").toEpochMilli();
        assertThat(chinese(granted(42, 1, october)).who()).isEqualTo("4403010100000001");
    }

    @Test
    void a_device_whose_clock_is_out_of_all_bounds_spoils_no_wall() {
        for (long time : new long[] {
            0,
            -1,
            Long.MAX_VALUE / 1000,
            Long.MAX_VALUE - 1,
            Long.MIN_VALUE + 1,
            253_402_300_800_000L,
            -62_200_000_000_000L
        }) {
            WallLine line = chinese(granted(42, 1, time));
            assertThat(line.tone()).as("" + time).isEqualTo(WallLine.Tone.GRANTED);
            assertThat(line.what()).isEqualTo("放行");
        }
    }

    @Test
    void an_empty_page_asks_nothing_and_many_lines_keep_their_order() {
        assertThat(words.lines(ONE, List.of(), Locale.CHINA)).isEmpty();
        List<StoredEvent> two = List.of(granted(42, 2, NOON), granted(42, 1, NOON));
        assertThat(words.lines(ONE, two, Locale.CHINA))
                .extracting(WallLine::where)
                .containsExactly("地下车库门", "1号楼大门");
    }

    private WallLine chinese(StoredEvent event) {
        return words.lines(ONE, List.of(event), Locale.SIMPLIFIED_CHINESE).get(0);
    }

    private WallLine english(StoredEvent event) {
        return words.lines(ONE, List.of(event), Locale.ENGLISH).get(0);
    }

    private static StoredEvent granted(long device, int point, long millis) {
        return access(device, point, millis, Outcome.GRANTED, DenyReason.NONE, Optional.of(CARD));
    }

    private static StoredEvent access(
            long device, int point, long millis, Outcome outcome, DenyReason reason, Optional<CredentialNumber> card) {
        AccessEvent event = new AccessEvent(
                outcome,
                reason,
                card,
                AccessMethod.SEALED,
                CarrierLevel.SEALED_CARD,
                new ListVersion(1, 1),
                List.of(),
                Octets.EMPTY);
        return event(device, point, millis, event.kind().code(), event.encode());
    }

    private static StoredEvent event(long device, int point, long millis, int kind, byte[] body) {
        JournalRecord record = new JournalRecord(
                ONE,
                new DeviceId(device),
                new JournalId(1),
                1,
                Hash.ZERO,
                1,
                millis,
                0,
                ClockQuality.UNKNOWN,
                kind,
                new PointId(point),
                Octets.of(body));
        return new StoredEvent(5, Instant.EPOCH, record);
    }
}
