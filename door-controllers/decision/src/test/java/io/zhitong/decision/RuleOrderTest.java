package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One thing wrong at a time, and every two things wrong at once: the earlier rule speaks
 * (docs/decisions/0060-rule-order-and-unknown-clock.md).
 */
class RuleOrderTest {

    /** A Saturday noon in Shanghai. */
    private static final Instant NOON = Instant.parse("2026-11-21T04:00:00Z");

    private static final CredentialNumber WANG = new CredentialNumber(0x4403010100000001L);
    private static final PointId GATE = new PointId(1);
    private static final int RESIDENTS = 3;

    /** A tap that is granted; each field can be spoilt. */
    private static final class Tap {
        private Presented presented = new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 2);
        private PointMode mode = PointMode.NORMAL;
        private ListVersion version = new ListVersion(1, 7);
        private long leaseUntil = Long.MAX_VALUE;
        private ClockQuality clock = ClockQuality.SYNCHRONISED;
        private Optional<CredentialNumber> listed = Optional.of(WANG);
        private CredentialStatus status = CredentialStatus.ACTIVE;
        private Validity validity = new Validity(NOON.getEpochSecond(), NOON.getEpochSecond() + 31_536_000);
        private int leastCertificate = 2;
        private Set<AccessMethod> methods = EnumSet.of(AccessMethod.SEALED);
        private CarrierLevel leastLevel = CarrierLevel.SEALED_CARD;
        private int uses = 3;
        private List<Right> rights = List.of(new Right(GATE, 4, 101));
        private Schedule.Window window = new Schedule.Window(0x20, 12 * 60, 12 * 60 + 1);
        private boolean pointConfigured = true;

        Request request() {
            return new Request(GATE, PointState.of(mode), presented, NOON, clock, 2);
        }

        Policy policy() {
            return new Policy(new PolicyLists(
                    version,
                    leaseUntil,
                    ZoneId.of("Asia/Shanghai"),
                    Stream.of(
                                    listed.stream().map(this::record),
                                    Stream.of(new GroupRecord(RESIDENTS, rights)),
                                    Stream.of(new Schedule(4, List.of(window))),
                                    pointConfigured ? Stream.of(gate()) : Stream.<ListRecord>empty())
                            .<ListRecord>flatMap(each -> each)
                            .toList()));
        }

        private AccessRecord record(CredentialNumber number) {
            return new AccessRecord(
                    number, 7, status, Set.of(), validity, uses, leastCertificate, List.of(RESIDENTS), List.of());
        }

        private PointRecord gate() {
            return PointRecord.of(GATE, PointKind.DOOR, methods, leastLevel, PointTimes.of(5_000, 0), "1号楼大门");
        }

        Decision decide() {
            return Engine.decide(request(), policy());
        }

        Explanation explain() {
            return Engine.explain(request(), policy());
        }
    }

    /** What can be wrong, in the order in which it is noticed. */
    enum Wrong {
        FORGED(
                RuleName.GENUINE,
                DenyReason.NOT_GENUINE,
                tap -> tap.presented = new Presented.NotGenuine(AccessMethod.SEALED)),
        LOCKED(RuleName.POINT_MODE, DenyReason.LOCKED_DOWN, tap -> tap.mode = PointMode.LOCKED),
        NO_LIST(RuleName.LIST, DenyReason.LIST_MISSING, tap -> tap.version = ListVersion.NONE),
        LEASE(RuleName.LIST, DenyReason.LEASE_ENDED, tap -> tap.leaseUntil = NOON.getEpochSecond()),
        UNKNOWN(RuleName.KNOWN, DenyReason.UNKNOWN_CREDENTIAL, tap -> tap.listed = Optional.empty()),
        LOST(RuleName.STATUS, DenyReason.LOST, tap -> tap.status = CredentialStatus.LOST),
        EXPIRED(RuleName.VALIDITY, DenyReason.EXPIRED, tap -> tap.validity = new Validity(5, NOON.getEpochSecond())),
        REPLACED(RuleName.CERTIFICATE, DenyReason.CERTIFICATE_REPLACED, tap -> tap.leastCertificate = 3),
        METHOD(RuleName.METHOD, DenyReason.METHOD_NOT_ALLOWED, tap -> tap.methods = EnumSet.of(AccessMethod.FAST)),
        LEVEL(
                RuleName.LEVEL,
                DenyReason.LEVEL_TOO_LOW,
                tap -> tap.presented = new Presented.Genuine(WANG, AccessMethod.SEALED, CarrierLevel.SHARED_SECRET, 2)),
        USES(RuleName.USES, DenyReason.USES_EXHAUSTED, tap -> tap.uses = 2),
        NO_RIGHT(
                RuleName.RIGHT, DenyReason.NO_RIGHT_HERE, tap -> tap.rights = List.of(new Right(new PointId(2), 0, 9))),
        HOURS(RuleName.RIGHT, DenyReason.OUTSIDE_SCHEDULE, tap -> tap.window = new Schedule.Window(0x20, 721, 1440));

        private final RuleName rule;
        private final DenyReason reason;
        private final Consumer<Tap> spoil;

        Wrong(RuleName rule, DenyReason reason, Consumer<Tap> spoil) {
            this.rule = rule;
            this.reason = reason;
            this.spoil = spoil;
        }
    }

    @Test
    void tap_with_nothing_wrong_opens_for_five_seconds_and_names_the_right() {
        var grant = assertInstanceOf(Decision.Grant.class, new Tap().decide());
        assertEquals(5_000, grant.pulseMillis());
        assertTrue(grant.rules().toList().contains(101L));
        for (RuleName rule : RuleName.values()) {
            assertTrue(grant.rules().contains(rule), rule.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_thing_wrong_is_refused_by_its_own_rule_and_the_trace_says_so_in_both_languages(Wrong wrong) {
        Tap tap = new Tap();
        wrong.spoil.accept(tap);
        Explanation explanation = tap.explain();
        var deny = assertInstanceOf(Decision.Deny.class, explanation.decision());
        assertEquals(wrong.reason, deny.reason());
        assertEquals(tap.decide(), deny);
        boolean refused = false;
        for (Explanation.Step step : explanation.steps()) {
            boolean here = step.rule() == wrong.rule;
            Explanation.Said expected =
                    here ? Explanation.Said.REFUSED : refused ? Explanation.Said.NOT_ASKED : Explanation.Said.PASSED;
            assertEquals(expected, step.said(), step.rule().name());
            assertEquals(!refused && !here, deny.rules().contains(step.rule()));
            assertTrue(step.chinese().startsWith(step.rule().chinese()));
            refused |= here;
            if (here) {
                assertTrue(step.chinese().contains(wrong.reason.chinese()), step.chinese());
                assertTrue(step.english().contains(wrong.reason.english()), step.english());
            }
        }
    }

    static Stream<Arguments> pairs() {
        Wrong[] all = Wrong.values();
        return IntStream.range(0, all.length)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, all.length).mapToObj(j -> Arguments.of(all[i], all[j])))
                .filter(pair -> !undo((Wrong) pair.get()[0], (Wrong) pair.get()[1]));
    }

    /** The second spoils the same field and so takes the first back. */
    private static boolean undo(Wrong first, Wrong second) {
        return first == Wrong.FORGED && second == Wrong.LEVEL;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void of_two_things_wrong_the_earlier_rule_speaks(Wrong first, Wrong second) {
        Tap tap = new Tap();
        first.spoil.accept(tap);
        second.spoil.accept(tap);
        assertEquals(
                first.reason,
                assertInstanceOf(Decision.Deny.class, tap.decide()).reason());
    }

    @ParameterizedTest
    @EnumSource
    void every_denial_of_a_genuine_card_proposes_a_way_in_with_words_for_it(Wrong wrong) {
        Tap tap = new Tap();
        wrong.spoil.accept(tap);
        List<Change> changes = tap.explain().changes();
        assertEquals(1, changes.size(), "one thing wrong, one thing to mend: " + changes);
        Change change = changes.get(0);
        assertTrue(change.chinese().codePoints().anyMatch(Character::isIdeographic), change.chinese());
        assertFalse(change.english().codePoints().anyMatch(Character::isIdeographic), change.english());
    }

    @Test
    void resident_who_comes_a_minute_late_is_told_when_the_gate_opens_again() {
        Tap tap = new Tap();
        tap.window = new Schedule.Window(0x1F, 8 * 60, 12 * 60);
        Change change = tap.explain().changes().get(0);
        assertEquals("在 2026-11-23 08:00 以后再来", change.chinese());
        assertEquals("come at 2026-11-23 08:00 or later", change.english());
    }

    @Test
    void door_that_is_held_unlocked_opens_for_every_genuine_card_and_for_no_forged_one() {
        for (Wrong wrong : Wrong.values()) {
            if (wrong != Wrong.LOCKED) {
                Tap tap = new Tap();
                wrong.spoil.accept(tap);
                tap.mode = PointMode.UNLOCKED;
                assertEquals(wrong == Wrong.FORGED, tap.decide() instanceof Decision.Deny, wrong.name());
            }
        }
    }

    @Test
    void device_that_does_not_know_the_time_opens_for_what_has_no_end_only() {
        Tap dated = new Tap();
        dated.clock = ClockQuality.UNKNOWN;
        assertEquals(
                DenyReason.CLOCK_UNKNOWN,
                assertInstanceOf(Decision.Deny.class, dated.decide()).reason());
        assertInstanceOf(Change.SetClock.class, dated.explain().changes().get(0));
        Tap resident = new Tap();
        resident.clock = ClockQuality.UNKNOWN;
        resident.validity = Validity.ALWAYS;
        resident.rights = List.of(new Right(GATE, Schedule.ALWAYS_ID, 102));
        assertInstanceOf(Decision.Grant.class, resident.decide());
        resident.leaseUntil = Long.MAX_VALUE - 1;
        assertEquals(
                DenyReason.CLOCK_UNKNOWN,
                assertInstanceOf(Decision.Deny.class, resident.decide()).reason());
    }

    @Test
    void point_without_configuration_opens_for_nobody_and_its_pulse_falls_back_to_three_seconds_when_held_open() {
        Tap tap = new Tap();
        tap.pointConfigured = false;
        assertEquals(
                DenyReason.LIST_MISSING,
                assertInstanceOf(Decision.Deny.class, tap.decide()).reason());
        tap.mode = PointMode.UNLOCKED;
        assertEquals(3_000, assertInstanceOf(Decision.Grant.class, tap.decide()).pulseMillis());
    }

    /** A list cannot redefine "always": a sent schedule 0 without windows would lock every resident out. */
    @Test
    void schedule_0_on_a_list_does_not_change_what_always_means() {
        Tap tap = new Tap();
        Policy odd = new Policy(new PolicyLists(
                tap.version,
                tap.leaseUntil,
                ZoneId.of("Asia/Shanghai"),
                List.of(
                        AccessRecord.of(WANG, Validity.ALWAYS, List.of(RESIDENTS)),
                        new GroupRecord(RESIDENTS, List.of(new Right(GATE, Schedule.ALWAYS_ID, 7))),
                        new Schedule(Schedule.ALWAYS_ID, List.of()),
                        tap.gate())));
        assertInstanceOf(Decision.Grant.class, Engine.decide(tap.request(), odd));
    }

    /** One policy serves all readers of a controller at once. */
    @Test
    void four_readers_at_once_get_the_decisions_that_one_gets_alone() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Integer>> all = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                all.add(readers.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    int differing = 0;
                    for (long seed = 0; seed < 200; seed++) {
                        Cases drawn = Cases.random(seed % 50);
                        boolean granted = drawn.decide() instanceof Decision.Grant;
                        boolean naive = NaiveEvaluator.evaluate(drawn.request(), drawn.lists()) == DenyReason.NONE;
                        differing += granted == naive ? 0 : 1;
                    }
                    return differing;
                }));
            }
            for (Future<Integer> one : all) {
                assertEquals(0, one.get(20, TimeUnit.SECONDS));
            }
        } finally {
            readers.shutdownNow();
        }
    }
}
