package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.zhitong.cardspec.CredentialNumber;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The last value that is allowed beside the first that is not. */
class BoundaryTest {

    private static final List<Integer> NO = List.of();
    private static final long U32 = 0xFFFF_FFFFL;
    private static final CredentialNumber WANG = new CredentialNumber(0x4403010100000001L);

    private static Arguments edge(String what, Executable last, Executable beyond, ModelException.Reason reason) {
        return arguments(what, last, beyond, reason);
    }

    static Stream<Arguments> edges() {
        ModelException.Reason range = ModelException.Reason.RANGE;
        ModelException.Reason length = ModelException.Reason.LENGTH;
        return Stream.of(
                edge("community", () -> new CommunityId(1), () -> new CommunityId(0), range),
                edge("lowest device", () -> new DeviceId(1), () -> new DeviceId(0), range),
                edge("highest device", () -> new DeviceId(U32), () -> new DeviceId(U32 + 1), range),
                edge("lowest point", () -> new PointId(0), () -> new PointId(-1), range),
                edge("highest point", () -> new PointId(65535), () -> new PointId(65536), range),
                edge("journal", () -> new JournalId(-1), () -> new JournalId(0), range),
                edge("epoch", () -> new ListVersion(U32, 0), () -> new ListVersion(U32 + 1, 0), range),
                edge("number", () -> new ListVersion(1, Long.MAX_VALUE), () -> new ListVersion(1, -1), range),
                edge("validity of a second", () -> new Validity(5, 6), () -> new Validity(5, 5), range),
                edge("validity from", () -> new Validity(0, 1), () -> new Validity(-1, 1), range),
                edge("schedule of a right", () -> right(65535, 0), () -> right(65536, 0), range),
                edge("rule of a right", () -> right(0, U32), () -> right(0, U32 + 1), range),
                edge("floors of a right", () -> floors(65535), () -> floors(65536), range),
                edge("groups of a credential", () -> record(64, 0, 0, 0), () -> record(65, 0, 0, 0), length),
                edge("holder", () -> holder(U32), () -> holder(U32 + 1), range),
                edge("end of a credential", () -> until(U32 - 1), () -> until(U32), range),
                edge("endless credential", () -> until(Long.MAX_VALUE), () -> until(Long.MAX_VALUE - 1), range),
                edge("lowest group", () -> new GroupRecord(1, List.of()), () -> new GroupRecord(0, List.of()), range),
                edge("rights of a group", () -> group(1024), () -> group(1025), length),
                edge("floor", () -> floor(255), () -> floor(256), range),
                edge("lowest floor", () -> floor(0), () -> floor(-1), range),
                edge("floor group", () -> FloorGroup.of(65535, NO, NO), () -> FloorGroup.of(65536, NO, NO), range),
                edge("area", () -> area(1, 0, 0), () -> area(0, 0, 0), range),
                edge("minutes", () -> area(1, 65535, 0), () -> area(1, 65536, 0), range),
                edge("capacity", () -> area(1, 0, U32), () -> area(1, 0, U32 + 1), range),
                edge("iterations", () -> pin(1_000_000, 8), () -> pin(1_000_001, 8), range),
                edge("least iterations", () -> pin(1, 8), () -> pin(0, 8), range),
                edge("salt", () -> pin(1, 8), () -> pin(1, 7), length),
                edge("plate", () -> entry(32, 1), () -> entry(33, 1), length),
                edge("lot", () -> entry(0, 1), () -> entry(0, 0), range),
                edge("spaces", () -> spaces(1, 255), () -> spaces(1, 256), range),
                edge("somebody present", () -> present(U32, 0xFFFF), () -> present(U32 + 1, 0), range),
                edge("area of presence", () -> present(1, 0xFFFF), () -> present(1, 0x1_0000), range),
                edge("everybody else", () -> present(0, 0), () -> present(0, 1), range),
                edge("area of a holder", () -> whereabouts(-1, U32), () -> whereabouts(-2, 0), range),
                edge("age of knowledge", () -> whereabouts(0xFFFF, U32), () -> whereabouts(0, U32 + 1), range),
                edge("level of a place", () -> new PlaceOrder(255, 0, 0), () -> new PlaceOrder(256, 0, 0), range),
                edge("end of an order", () -> new PlaceOrder(0, 0, U32), () -> new PlaceOrder(0, 0, U32 + 1), range),
                edge("holder of a space", () -> spaces(U32, 0), () -> spaces(U32 + 1, 0), range),
                edge("terminal", () -> wire(65535), () -> wire(65536), range),
                edge("schedule of a mode", () -> mode(65535, 0), () -> mode(65536, 0), range),
                edge("unlock schedule", () -> mode(0, 65535), () -> mode(0, 65536), range),
                edge("place", () -> place(65535, 255, 255), () -> place(65536, 255, 255), range),
                edge("interlock", () -> place(0, 255, 0), () -> place(0, 256, 0), range),
                edge("threat level", () -> place(0, 0, 255), () -> place(0, 0, 256), range),
                edge("fire zone", () -> fire(65535, 255), () -> fire(65536, 0), range),
                edge("fire contact", () -> fire(1, 0), () -> fire(1, 256), range),
                edge("lease", () -> lease(U32), () -> lease(U32 + 1), range),
                edge("longer pulse", () -> new PointTimes(0, U32, 0), () -> new PointTimes(0, U32 + 1, 0), range),
                edge("carriers", () -> record(0, 8, 0, 0), () -> record(0, 9, 0, 0), length),
                edge("uses", () -> record(0, 0, 65535, 0), () -> record(0, 0, 65536, 0), range),
                edge("certificate", () -> record(0, 0, 0, 65535), () -> record(0, 0, 0, -1), range),
                edge("carrier value", () -> carrier(64), () -> carrier(65), length),
                edge("empty carrier value", () -> carrier(1), () -> carrier(0), length),
                edge("days of a window", () -> window(1, 0, 1), () -> window(0, 0, 1), range),
                edge("days beyond holidays", () -> window(255, 0, 1), () -> window(256, 0, 1), range),
                edge("minute 1440", () -> window(1, 0, 1440), () -> window(1, 0, 1441), range),
                edge("window of a minute", () -> window(1, 9, 10), () -> window(1, 9, 9), range),
                edge("schedule id", () -> new Schedule(65535, List.of()), () -> new Schedule(65536, List.of()), range),
                edge("windows", () -> windows(64), () -> windows(65), length),
                edge("holiday in year 65535", () -> holiday(65535), () -> holiday(65536), range),
                edge("holiday in year 0", () -> holiday(0), () -> holiday(-1), range),
                edge("setting key", () -> setting(1, 0), () -> setting(0, 0), range),
                edge("highest setting key", () -> setting(65535, 0), () -> setting(65536, 0), range),
                edge("setting text", () -> setting(1, 256), () -> setting(1, 257), length),
                edge("pulse", () -> point(U32, 0, 0), () -> point(U32 + 1, 0, 0), range),
                edge("held open", () -> point(0, U32, 0), () -> point(0, -1, 0), range),
                edge("point name", () -> point(0, 0, 64), () -> point(0, 0, 65), length),
                edge("evidence", () -> event(1024, 0), () -> event(1025, 0), length),
                edge("rules of an event", () -> event(0, 255), () -> event(0, 256), length),
                edge("tombstone of one", () -> tombstone(7, 7, 1), () -> tombstone(7, 6, 1), range),
                edge("tombstone counts", () -> tombstone(0, 0, 1), () -> tombstone(0, 0, 0), range),
                edge("FCI of evidence", () -> evidence(255, 12), () -> evidence(256, 12), length),
                edge("distance of evidence", () -> evidence(0, 0), () -> evidence(0, 11), length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void last_value_is_taken_and_the_first_beyond_is_refused_with_its_reason(
            String what, Executable last, Executable beyond, ModelException.Reason reason) {
        assertDoesNotThrow(last, what);
        assertEquals(reason, assertThrows(ModelException.class, beyond, what).reason());
    }

    private static Right right(int schedule, long rule) {
        return new Right(new PointId(1), schedule, rule);
    }

    private static Carrier carrier(int length) {
        return new Carrier(CarrierKind.PHONE, CarrierLevel.SHARED_SECRET, Octets.zeros(length));
    }

    private static AccessRecord record(int groups, int carriers, int uses, int certificate) {
        return new AccessRecord(
                WANG,
                AccessRecord.ITSELF,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                uses,
                certificate,
                IntStream.rangeClosed(1, groups).boxed().toList(),
                IntStream.range(1, carriers + 1).mapToObj(BoundaryTest::carrier).toList());
    }

    private static Schedule.Window window(int days, int from, int to) {
        return new Schedule.Window(days, from, to);
    }

    private static Schedule windows(int count) {
        return new Schedule(
                1, IntStream.range(0, count).mapToObj(i -> window(1, i, i + 1)).toList());
    }

    private static Holiday holiday(int year) {
        return new Holiday(LocalDate.of(year, 1, 1));
    }

    private static SettingRecord setting(int key, int length) {
        return new SettingRecord(key, "x".repeat(length));
    }

    private static PointRecord point(long pulse, long heldOpen, int name) {
        return PointRecord.of(
                new PointId(1),
                PointKind.TURNSTILE,
                Set.of(AccessMethod.QR),
                CarrierLevel.NONE,
                PointTimes.of(pulse, heldOpen),
                "x".repeat(name));
    }

    private static PointRecord lease(long seconds) {
        return point(0, 0, 0).with(OfflinePolicy.FREE, seconds);
    }

    private static Right floors(int id) {
        return new Right(new PointId(1), 0, id, 0);
    }

    private static AccessRecord holder(long holder) {
        return new AccessRecord(
                WANG, holder, CredentialStatus.ACTIVE, Set.of(), Validity.ALWAYS, 0, 0, List.of(), List.of());
    }

    private static AccessRecord until(long second) {
        return AccessRecord.of(WANG, new Validity(0, second), List.of());
    }

    private static GroupRecord group(int rights) {
        return new GroupRecord(
                1, IntStream.range(0, rights).mapToObj(i -> right(i, 0)).toList());
    }

    private static FloorGroup floor(int floor) {
        return FloorGroup.of(1, NO, List.of(floor));
    }

    private static AreaRecord area(int id, int minutes, long capacity) {
        return new AreaRecord(id, AntiPassback.HARD, minutes, capacity, StalePolicy.DENY, 0, "");
    }

    private static PinRecord pin(int iterations, int salt) {
        return new PinRecord(WANG, Octets.zeros(salt), iterations, Octets.zeros(32));
    }

    private static EntryRecord entry(int plate, int lot) {
        return new EntryRecord(WANG, "x".repeat(plate), lot, 0, CarrierKind.TAG);
    }

    private static Circumstances.Place whereabouts(int area, long age) {
        return new Circumstances.Place(area, 0, age, 0);
    }

    private static PresenceRecord present(long holder, int area) {
        return new PresenceRecord(holder, area, 0, PresenceRecord.LIVE);
    }

    private static SpaceRecord spaces(long holder, int spaces) {
        return new SpaceRecord(holder, 1, spaces, SpaceKind.OWNED);
    }

    private static WiringRecord wire(int io) {
        return new WiringRecord(io, WireDirection.INPUT, PointId.DEVICE, WireFunction.TAMPER, true, true, io);
    }

    private static PointModes mode(int otherSchedule, int unlockSchedule) {
        return new PointModes(PointMode.NORMAL, PointMode.LOCKED, otherSchedule, unlockSchedule);
    }

    private static PointPlace place(int area, int interlock, int threat) {
        return new PointPlace(area, area, interlock, threat);
    }

    private static FireSafety fire(int zone, int contact) {
        return new FireSafety(zone, contact, true, LockKind.FAIL_SAFE);
    }

    private static AccessEvent event(int evidence, int rules) {
        return new AccessEvent(
                Outcome.GRANTED,
                DenyReason.NONE,
                Optional.of(WANG),
                AccessMethod.PHONE,
                CarrierLevel.OWN_KEY,
                ListVersion.NONE,
                Collections.nCopies(rules, U32),
                Octets.zeros(evidence));
    }

    private static Tombstone tombstone(long first, long last, long count) {
        return new Tombstone(Tombstone.Cause.NOT_WRITTEN, first, last, count, Hash.ZERO, Octets.zeros(64));
    }

    private static SealedEvidence evidence(int fci, int distance) {
        return new SealedEvidence(
                Octets.zeros(fci),
                Octets.zeros(distance),
                Octets.zeros(5),
                Octets.EMPTY,
                Octets.zeros(33),
                Octets.zeros(121),
                Octets.zeros(64));
    }

    @Test
    void event_cannot_name_credential_0_because_0_means_unknown() {
        assertEquals(
                ModelException.Reason.RANGE,
                assertThrows(
                                ModelException.class,
                                () -> new AccessEvent(
                                        Outcome.DENIED,
                                        DenyReason.PIN_WRONG,
                                        Optional.of(new CredentialNumber(0)),
                                        AccessMethod.PIN,
                                        CarrierLevel.SHARED_SECRET,
                                        ListVersion.NONE,
                                        List.of(),
                                        Octets.EMPTY))
                        .reason());
    }

    @Test
    void validity_includes_its_first_second_and_excludes_its_last() {
        Validity day = Validity.between(Instant.ofEpochSecond(100), Instant.ofEpochSecond(200));
        assertFalse(day.contains(Instant.ofEpochMilli(99_999)));
        assertTrue(day.contains(Instant.ofEpochSecond(100)));
        assertTrue(day.contains(Instant.ofEpochMilli(199_999)));
        assertFalse(day.contains(Instant.ofEpochSecond(200)));
        assertTrue(Validity.ALWAYS.contains(Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000L)));
    }

    @Test
    void holiday_on_the_last_of_february_exists_in_leap_years_only() {
        assertEquals(
                LocalDate.of(2028, 2, 29),
                Holiday.decode(new byte[] {7, (byte) 0xEC, 2, 29}).day());
        assertThrows(ModelException.class, () -> Holiday.decode(new byte[] {7, (byte) 0xEA, 2, 29}));
    }

    @Test
    void journal_number_0_that_the_random_source_may_give_is_drawn_again() {
        Deque<Long> feed = new ArrayDeque<>(List.of(0L, 0L, 77L));
        SecureRandom fed = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public long nextLong() {
                return feed.removeFirst();
            }
        };
        assertEquals(new JournalId(77), JournalId.draw(fed));
        assertTrue(feed.isEmpty());
    }

    @Test
    void unknown_setting_of_a_newer_backend_is_kept_and_has_no_meaning_here() {
        SettingRecord newer = SettingRecord.decode(new byte[] {0x7F, 0x01, 0, 1, 'x'});
        assertEquals(Optional.empty(), newer.key());
        assertEquals(Optional.of(SettingKey.MERCHANT), new SettingRecord(SettingKey.MERCHANT, "便利店").key());
    }
}
