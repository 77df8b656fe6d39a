package io.zhitong.controller;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Trait;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Explanation;
import io.zhitong.decision.Listed;
import io.zhitong.decision.PassedAs;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Replay;
import io.zhitong.decision.Request;
import io.zhitong.decision.RuleName;
import io.zhitong.points.Companion;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorState;
import io.zhitong.points.Interlock;
import io.zhitong.points.LiftInput;
import io.zhitong.points.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door (门): decides, writes down, then moves the relay. The record is durable before the relay moves; if it cannot be
 * written, the door opens all the same and the loss is counted. Fire is the other way round. Thread-safe.
 */
final class DoorPoint implements Taps {

    private static final Logger LOG = LoggerFactory.getLogger(DoorPoint.class);
    private static final long LONGEST_PULSE_MILLIS = 600_000;
    private static final long USUAL_PULSE_MILLIS = 3_000;
    private static final long REMEMBERED_MILLIS = 120_000;

    private final PointId id;
    private final DoorSetup setup;
    private final DoorWorld world;
    private final UnlockWindow window;
    private final Passage passage = new Passage();
    private final Awaited awaited = new Awaited();
    private Mechanism mechanism;
    private Optional<Ordered> ordered;
    private Standing standing = new Standing(PointMode.NORMAL, false, false);
    private Companion companion = Companion.NOBODY;
    private Optional<CredentialNumber> denied = Optional.empty();
    private long deniedUntil;
    private int wrongTries;

    DoorPoint(DoorSetup setup, DoorWorld world) {
        this.id = setup.point();
        this.setup = setup;
        this.world = world;
        this.window = new UnlockWindow(id, world);
        this.mechanism = new DoorMechanism(setup, world.relay(), world.clock());
        this.ordered = world.memory().ordered(id);
        this.wrongTries = world.memory().wrongTries(id);
    }

    @Override
    public PointId id() {
        return id;
    }

    /** What stands at the door: relay and leaf. */
    synchronized DoorState door() {
        return mechanism.door();
    }

    synchronized PointMode mode() {
        return standing.mode();
    }

    /** Something was shown: decide, write down, open. */
    @Override
    public synchronized Decision shown(Shown shown) {
        timePassed();
        DoorPolicy now = world.policy().get();
        Shown whole = withCompanion(shown);
        Request request = request(whole, now);
        Decision decision = Engine.decide(request, now.rules());
        remember(request.state().after(decision));
        write(event(whole, decision, now).at(Replay.of(request, now.rules())));
        if (decision instanceof Decision.Grant grant) {
            granted(whole, grant, now);
        } else if (decision instanceof Decision.Deny deny) {
            refused(whole, deny, now);
        }
        companion(whole, decision, now);
        return decision;
    }

    /** Why, in words: the same rules over the same state; nothing moves and nothing is written. The door goes on meanwhile. */
    Explanation explain(Shown shown) {
        DoorPolicy now = world.policy().get();
        return Engine.explain(asked(shown, now), now.rules());
    }

    private synchronized Request asked(Shown shown, DoorPolicy now) {
        return request(withCompanion(shown), now);
    }

    private Shown withCompanion(Shown shown) {
        Optional<CredentialNumber> before = companion.at(world.clock().monotonicMillis());
        return before.isEmpty() ? shown : shown.with(shown.extras().with(before));
    }

    private Request request(Shown shown, DoorPolicy now) {
        Optional<Listed> listed = shown.listed(now.rules());
        return new Request(
                id,
                new PointState(ordered.map(Ordered::mode), wrongTries),
                shown.presented(),
                world.clock().now(),
                world.clock().quality(),
                shown.credential(now.rules()).map(world.uses()::of).orElse(0),
                shown.extras(),
                world.around().at(id, window.came(), listed));
    }

    private void granted(Shown shown, Decision.Grant grant, DoorPolicy now) {
        Optional<Listed> listed = shown.atThePoint() ? shown.listed(now.rules()) : Optional.empty();
        if (shown.atThePoint() && !beginsInside()) {
            shown.credential(now.rules()).ifPresent(credential -> world.uses().passed(credential, now.rules()));
        }
        letIn(
                Stream.concat(listed.stream(), second(shown, now)).toList(),
                grant.pulseMillis(),
                shown.visitMillis() > 0
                        ? new LiftInput.Visit(grant.floors(), shown.visitMillis())
                        : new LiftInput.Ride(grant.floors(), pulse(grant.pulseMillis())));
        if (window.awaitsFirst()
                && listed.filter(who -> who.has(Trait.FIRST_PERSON)).isPresent()) {
            window.firstCame();
            settle();
        }
        noted(grant, alarm(shown, DenyReason.NONE, now));
    }

    /** After the relay: under duress nothing at the door may be slower. */
    private void noted(Decision.Grant grant, Octets body) {
        if (grant.silentAlarm()) {
            write(EventKind.DURESS, body);
        }
        if (grant.recorded()) {
            write(EventKind.AGAINST_PASSBACK, body);
        }
        if (grant.as() == PassedAs.FREE || grant.as() == PassedAs.FLAT_FARE) {
            write(EventKind.PASSED_OFFLINE, body);
        }
    }

    /** Of two persons the first comes in with the second. */
    private Stream<Listed> second(Shown shown, DoorPolicy now) {
        return standing.mode() == PointMode.TWO_PERSON
                ? shown.extras().companion().flatMap(now.rules()::listed).stream()
                : Stream.empty();
    }

    /** @param lift what it means at a lift */
    private void letIn(List<Listed> who, long pulseMillis, LiftInput lift) {
        passage.granted(who, mechanism, world.clock().monotonicMillis() + pulseMillis)
                .forEach(this::passed);
        if (mechanism instanceof LiftMechanism here) {
            told(here.step(lift));
        } else {
            open(DoorInput.Cause.GRANT, pulseMillis);
        }
    }

    private void refused(Shown shown, Decision.Deny deny, DoorPolicy now) {
        denied = shown.credential(now.rules());
        deniedUntil = world.clock().monotonicMillis() + REMEMBERED_MILLIS;
        if (deny.alarm()) {
            boolean plate = deny.reason() == DenyReason.PLATE_MISMATCH;
            EventKind kind = plate ? EventKind.PLATE_MISMATCH : EventKind.NOT_GENUINE_REPEATED;
            write(shown.extras().duress() ? EventKind.DURESS : kind, alarm(shown, deny.reason(), now));
        }
    }

    private static Octets alarm(Shown shown, DenyReason reason, DoorPolicy now) {
        return Octets.of(new AlarmEvent(reason, shown.credential(now.rules())).encode());
    }

    /** Who came as far as the question for a companion may be the next one's; two persons are used up by one opening. */
    private void companion(Shown shown, Decision decision, DoorPolicy now) {
        long at = world.clock().monotonicMillis();
        if (!shown.atThePoint()) {
            return;
        }
        if (decision instanceof Decision.Grant && standing.mode() == PointMode.TWO_PERSON) {
            companion = Companion.NOBODY;
        } else if (decision.rules().contains(RuleName.FIRST_CARD)) {
            shown.credential(now.rules()).ifPresent(who -> companion = companion.came(who, at));
        }
    }

    private void remember(PointState after) {
        if (after.wrongTries() != wrongTries) {
            wrongTries = after.wrongTries();
            world.memory().wrongTries(id, wrongTries);
        }
    }

    private void passed(Listed who) {
        world.around().passed(id, who);
    }

    /** As by {@link #openOnce(Runnable)}, and nobody waits to hear of it. */
    void openOnce() {
        openOnce(() -> {});
    }

    /**
     * An operator opens once, for the configured time; above an interlock.
     *
     * @param sensed run once if the leaf opens, or somebody comes through, in that time; quick
     */
    synchronized void openOnce(Runnable sensed) {
        open(DoorInput.Cause.COMMAND, pulse());
        awaited.begin(sensed, world.clock().monotonicMillis() + pulse());
    }

    /**
     * A guard lets in who was denied last (值守放行), in a lock-down too, but not against an interlock. Recorded as a passage by remote
     * command; who ordered it stands in the command's own record.
     *
     * @return false when another door of the interlock is open
     */
    synchronized boolean admit() {
        timePassed();
        if (Interlock.refuses(DoorInput.Cause.GRANT, world.around().others(id))) {
            return false;
        }
        DoorPolicy now = world.policy().get();
        boolean known = world.clock().monotonicMillis() < deniedUntil;
        Optional<CredentialNumber> who = known ? denied : Optional.empty();
        deniedUntil = 0;
        write(new AccessEvent(
                Outcome.GRANTED,
                DenyReason.NONE,
                who,
                AccessMethod.REMOTE,
                CarrierLevel.NONE,
                now.access(),
                List.of(),
                Octets.EMPTY));
        letIn(who.flatMap(now.rules()::listed).stream().toList(), pulse(), new LiftInput.Anywhere(pulse(pulse())));
        return true;
    }

    /** Somebody inside pressed the button (出门按钮). */
    synchronized void exit() {
        boolean waits =
                Interlock.refuses(DoorInput.Cause.EXIT_BUTTON, world.around().others(id));
        if (waits && !mechanism.door().fire()) {
            write(EventKind.EXIT_REFUSED, Octets.EMPTY);
        } else {
            open(DoorInput.Cause.EXIT_BUTTON, pulse());
        }
    }

    /** What a contact or a light barrier of this door says. */
    synchronized void sensed(DoorInput input) {
        feed(input);
    }

    /**
     * The fire contact. The relay has moved when this returns; nothing was written yet.
     *
     * @return writes it down: to be run when all doors are free
     */
    synchronized Runnable burning(boolean on) {
        List<EventKind> later = mechanism.step(new DoorInput.Fire(on));
        return () -> later.forEach(kind -> write(kind, Octets.EMPTY));
    }

    /** Whether a fire in its zone moves it: lifts are recalled, whatever their side. */
    boolean heeds(FireSafety fire) {
        return fire.escapeSide() || kind() == PointKind.LIFT;
    }

    /**
     * A household lets a visitor up (对讲联动): decided by the host's own right to that floor, written down, then the car comes to the
     * lobby and the floor stays permitted for the minutes. The host passes nowhere.
     *
     * @return nothing where this is no lift
     */
    synchronized Optional<Decision> visit(LiftOrder order) {
        return kind() == PointKind.LIFT ? Optional.of(shown(Shown.visit(order))) : Optional.empty();
    }

    /** An operator sets the mode, or, with nothing, gives it back to the signed configuration. */
    synchronized void order(Optional<Ordered> next) {
        ordered = next;
        settle();
        world.memory().order(id, next);
    }

    /** Whether this point leads into or out of that area. */
    boolean borders(int area) {
        return record().map(PointRecord::place)
                .filter(place -> place.fromArea() == area || place.toArea() == area)
                .isPresent();
    }

    /** New lists may have brought another mode, other wires and other times. */
    synchronized void listsChanged() {
        Mechanism next = fitting();
        if (!next.getClass().equals(mechanism.getClass())) {
            mechanism = next;
            standing = new Standing(PointMode.NORMAL, false, false);
        }
        mechanism.configured(world.policy().get());
        settle();
    }

    private Mechanism fitting() {
        return switch (kind()) {
            case TURNSTILE -> new TurnstileMechanism(id, world.relay(), world.clock());
            case LIFT -> new LiftMechanism(id, world.relay(), world.clock());
            default -> new DoorMechanism(setup, world.relay(), world.clock());
        };
    }

    /** What fell due at the door, and what the clock says of its mode. */
    synchronized void timePassed() {
        settle();
        feed(new DoorInput.Time());
    }

    private void settle() {
        if (ordered.filter(mode -> mode.over(world.clock())).isPresent()) {
            ordered = Optional.empty();
            world.memory().order(id, ordered);
        }
        PointModes modes = record().map(PointRecord::modes).orElse(PointModes.NORMAL);
        Standing next = window.standing(ordered.map(Ordered::mode), modes);
        boolean told = next.input().equals(standing.input());
        standing = next;
        if (!told) {
            feed(next.input());
        }
    }

    /** Who is inside uses nothing up: nobody is locked in, and a visit is one use whatever doors follow. */
    private boolean beginsInside() {
        return record().map(PointRecord::place).filter(PointPlace::beginsInside).isPresent();
    }

    private PointKind kind() {
        return record().map(PointRecord::pointKind).orElse(PointKind.DOOR);
    }

    private Optional<PointRecord> record() {
        return world.policy().get().rules().point(id);
    }

    private long pulse() {
        return record().map(PointRecord::times)
                .map(PointTimes::pulse)
                .filter(millis -> millis > 0)
                .orElse(USUAL_PULSE_MILLIS);
    }

    /** Who gets more time to come through gets more time with the leaf open, too. */
    private void open(DoorInput.Cause cause, long pulseMillis) {
        long more = Math.max(0, pulseMillis - pulse());
        long open = more == 0
                ? 0
                : record().map(point -> point.times().heldOpen() + more).orElse(0L);
        feed(new DoorInput.Release(cause, pulse(pulseMillis), (int) Math.min(open, 6 * LONGEST_PULSE_MILLIS)));
    }

    private static int pulse(long millis) {
        return (int) Math.min(Math.max(1, millis), LONGEST_PULSE_MILLIS);
    }

    private void feed(DoorInput input) {
        told(mechanism.step(input));
    }

    private void told(List<EventKind> events) {
        events.forEach(kind -> write(kind, Octets.EMPTY));
        long now = world.clock().monotonicMillis();
        passage.told(events, now).forEach(this::passed);
        awaited.told(events, now);
    }

    private void write(AccessEvent event) {
        write(event.kind(), Octets.of(event.encode()));
    }

    private void write(EventKind kind, Octets body) {
        if (!world.records().write(kind, id, body)) {
            LOG.error("point {}: {} could not be written to the journal and is counted as lost", id.value(), kind);
        }
    }

    private static AccessEvent event(Shown shown, Decision decision, DoorPolicy policy) {
        boolean granted = decision instanceof Decision.Grant;
        return new AccessEvent(
                granted ? Outcome.GRANTED : Outcome.DENIED,
                decision instanceof Decision.Deny deny ? deny.reason() : DenyReason.NONE,
                shown.credential(policy.rules()),
                shown.presented().method(),
                shown.level(policy.rules()),
                policy.access(),
                decision.rules().toList(),
                shown.evidence());
    }
}
