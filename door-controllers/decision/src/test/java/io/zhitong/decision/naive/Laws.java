package io.zhitong.decision.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds of every decision, whatever the rules in detail: laws between two decisions. Held by the naive evaluator and by
 * the engine alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Laws {

    private static final long DRAWS = 4_000;
    private static final int LEAST = 10;

    /** Drawn, and decided as they are, once for all laws. */
    private final List<Draw.Drawn> draws =
            LongStream.range(1_000_000, 1_000_000 + DRAWS).mapToObj(Draw::of).toList();

    private final Map<Draw.Drawn, Answer> asDrawn = new IdentityHashMap<>();

    protected abstract Answer decide(Draw.Drawn drawn);

    private Answer asDrawn(Draw.Drawn drawn) {
        return asDrawn.computeIfAbsent(drawn, this::decide);
    }

    @Test
    void duress_changes_nothing_but_the_silent_alarm() {
        long met = cases(d -> d.ask().shown().duress())
                .peek(d -> {
                    Answer forced = asDrawn(d);
                    Answer free = decide(Changed.duress(d, false));
                    assertEquals(free.reason(), forced.reason());
                    assertEquals(free.pulse(), forced.pulse());
                    assertEquals(free.front(), forced.front());
                    assertEquals(free.rear(), forced.rear());
                    assertEquals(free.recorded(), forced.recorded());
                    assertEquals(free.passed(), forced.passed());
                    assertEquals(forced.granted(), forced.silentAlarm());
                    assertEquals(!forced.granted(), forced.alarm());
                })
                .count();
        assertTrue(met >= LEAST);
    }

    @Test
    void fire_frees_the_escape_side_for_everybody() {
        long met = cases(d -> escapes(d.estate().points().get(d.ask().point())))
                .map(d -> Changed.burning(d, Set.of(1, 2)))
                .peek(d -> assertTrue(decide(d).granted(), d::toString))
                .count();
        assertTrue(met >= LEAST);
    }

    private static boolean escapes(Estate.Point point) {
        return point != null
                && point.escape()
                && point.fireZone() != 0
                && !point.kind().equals("LIFT");
    }

    @Test
    void fire_stops_every_lift_of_its_zone() {
        long met = cases(d -> recalled(d.estate().points().get(d.ask().point())))
                .map(d -> Changed.burning(d, Set.of(1, 2)))
                .peek(d -> assertEquals("FIRE_RECALL", decide(d).reason(), d::toString))
                .count();
        assertTrue(met >= LEAST);
    }

    private static boolean recalled(Estate.Point point) {
        return point != null && point.fireZone() != 0 && point.kind().equals("LIFT");
    }

    @Test
    void no_fire_is_never_worse_for_who_wants_in_than_fire_elsewhere() {
        same(d -> Changed.burning(d, Set.of()), d -> Changed.burning(d, Set.of(99)));
    }

    @Test
    void guard_passes_where_others_pass() {
        stillGranted(d -> Changed.trait(d, "GUARD"));
    }

    @Test
    void exempt_passes_where_others_pass() {
        stillGranted(d -> Changed.trait(d, "EXEMPT"));
    }

    @Test
    void possible_first_person_passes_where_others_pass() {
        stillGranted(d -> Changed.trait(d, "FIRST_PERSON"));
    }

    @Test
    void normal_temperature_passes_where_fever_does() {
        stillGranted(Changed::cool);
    }

    @Test
    void first_pass_is_granted_where_a_later_one_is() {
        stillGranted(d -> Changed.passes(d, 0));
    }

    @Test
    void credential_in_order_passes_where_one_out_of_order_does() {
        stillGranted(Changed::everGood);
    }

    @Test
    void quiet_site_grants_what_a_busy_one_does_to_who_walks() {
        long met = cases(d -> walks(d) && asDrawn(d).passed().equals("INTERLOCK"))
                .peek(d -> assertTrue(decide(Changed.quiet(d)).granted(), d::toString))
                .count();
        assertTrue(met >= LEAST);
    }

    private static boolean walks(Draw.Drawn drawn) {
        Estate.Point point = drawn.estate().points().get(drawn.ask().point());
        return point != null && !point.lane();
    }

    /** A device that does not know the time grants only what holds at every time. */
    @Test
    void what_is_granted_without_a_clock_is_granted_at_every_time() {
        long met = cases(d -> d.ask().clock().equals("UNKNOWN"))
                .filter(d ->
                        asDrawn(d).passed().equals("INTERLOCK") && asDrawn(d).granted())
                .peek(d -> LongStream.range(0, 40)
                        .mapToObj(i -> d.ask().now().plusSeconds((i - 20) * 50_021))
                        .forEach(at -> grantedAt(d, at)))
                .count();
        assertTrue(met >= LEAST);
    }

    private void grantedAt(Draw.Drawn drawn, Instant at) {
        Answer answer = decide(Changed.at(drawn, at, "SYNCHRONISED"));
        assertTrue(answer.granted(), () -> answer.reason() + " at " + at + " of " + drawn);
    }

    @Test
    void half_second_never_matters() {
        same(
                d -> Changed.at(
                        d,
                        Instant.ofEpochSecond(d.ask().now().getEpochSecond()),
                        d.ask().clock()),
                d -> Changed.at(
                        d,
                        Instant.ofEpochSecond(d.ask().now().getEpochSecond(), 999_999_999),
                        d.ask().clock()));
    }

    private void stillGranted(UnaryOperator<Draw.Drawn> change) {
        long met = cases(d -> asDrawn(d).granted())
                .peek(d -> assertTrue(decide(change.apply(d)).granted(), d::toString))
                .count();
        assertTrue(met >= LEAST);
    }

    private void same(Function<Draw.Drawn, Draw.Drawn> one, Function<Draw.Drawn, Draw.Drawn> other) {
        cases(d -> true).forEach(d -> assertEquals(decide(one.apply(d)), decide(other.apply(d)), d::toString));
    }

    private Stream<Draw.Drawn> cases(Predicate<Draw.Drawn> which) {
        return draws.stream().filter(which);
    }
}
