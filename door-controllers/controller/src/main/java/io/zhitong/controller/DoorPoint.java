package io.zhitong.controller;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CardException;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Request;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorMachine;
import io.zhitong.points.DoorOutput;
import io.zhitong.points.DoorState;
import io.zhitong.points.DoorStep;
import io.zhitong.points.Interlock;
import io.zhitong.points.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final PointId id;
    private final DoorSetup setup;
    private final DoorWorld world;
    private final UnlockWindow window;
    private DoorMachine machine;
    private Optional<PointMode> commanded;
    private Standing standing = new Standing(PointMode.NORMAL, false, false);
    private int wrongTries;
    private DoorState door = DoorState.locked();

    DoorPoint(DoorSetup setup, DoorWorld world) {
        this.id = setup.point();
        this.setup = setup;
        this.world = world;
        this.window = new UnlockWindow(id, world);
        this.machine = new DoorMachine(setup.config());
        this.commanded = world.memory().commanded(id);
        this.wrongTries = world.memory().wrongTries(id);
    }

    @Override
    public PointId id() {
        return id;
    }

    /** What stands at the door: relay and leaf. */
    synchronized DoorState door() {
        return door;
    }

    synchronized PointMode mode() {
        return standing.mode();
    }

    /** A card was shown: decide, write down, open. */
    @Override
    public synchronized Decision shown(Shown shown) {
        timePassed();
        DoorPolicy now = world.policy().get();
        int passes = shown.credential().map(world.uses()::of).orElse(0);
        PointState state = new PointState(standing.unlocked() ? PointMode.UNLOCKED : standing.mode(), wrongTries);
        Decision decision = interlocked(Engine.decide(
                new Request(
                        id,
                        state,
                        shown.presented(),
                        world.clock().now(),
                        world.clock().quality(),
                        passes),
                now.rules()));
        remember(state.after(decision));
        write(event(shown, decision, now));
        if (decision instanceof Decision.Grant grant) {
            open(DoorInput.Cause.GRANT, granted(grant, shown, now));
            shown.credential().ifPresent(credential -> world.uses().passed(credential, now.rules()));
            first(shown, now);
        } else if (decision instanceof Decision.Deny deny && deny.alarm()) {
            write(EventKind.NOT_GENUINE_REPEATED, Octets.EMPTY);
        }
        return decision;
    }

    private Decision interlocked(Decision decision) {
        boolean waits = decision instanceof Decision.Grant
                && !standing.unlocked()
                && Interlock.refuses(DoorInput.Cause.GRANT, world.others().apply(id));
        return waits ? new Decision.Deny(DenyReason.INTERLOCK, false, decision.rules()) : decision;
    }

    /** How long the door opens for this credential (延时开门). */
    private long granted(Decision.Grant grant, Shown shown, DoorPolicy now) {
        boolean longer = has(shown, now, Trait.LONGER);
        long written = record().map(point -> point.times().longer()).orElse(0L);
        return longer ? Math.max(grant.pulseMillis(), written) : grant.pulseMillis();
    }

    /** The first authorised person of an unlock window opens it for everybody (首卡常开). */
    private void first(Shown shown, DoorPolicy now) {
        if (window.awaitsFirst() && has(shown, now, Trait.FIRST_PERSON)) {
            window.firstCame();
            settle();
        }
    }

    private static boolean has(Shown shown, DoorPolicy now, Trait trait) {
        return shown.credential()
                .flatMap(now.rules()::listed)
                .filter(listed -> listed.has(trait))
                .isPresent();
    }

    private void remember(PointState after) {
        if (after.wrongTries() != wrongTries) {
            wrongTries = after.wrongTries();
            world.memory().wrongTries(id, wrongTries);
        }
    }

    /** An operator opens once, for the configured time. */
    synchronized void openOnce() {
        open(DoorInput.Cause.COMMAND, pulse());
    }

    /** Somebody inside pressed the button (出门按钮). */
    synchronized void exit() {
        if (Interlock.refuses(DoorInput.Cause.EXIT_BUTTON, world.others().apply(id)) && !door.fire()) {
            write(EventKind.EXIT_REFUSED, Octets.EMPTY);
        } else {
            open(DoorInput.Cause.EXIT_BUTTON, pulse());
        }
    }

    /** What a contact of this door says. */
    synchronized void sensed(DoorInput input) {
        feed(input);
    }

    /**
     * The fire contact. The relay has moved when this returns; nothing was written yet.
     *
     * @return writes it down: to be run when all doors are free
     */
    synchronized Runnable burning(boolean on) {
        List<EventKind> later = step(new DoorInput.Fire(on));
        return () -> later.forEach(kind -> write(kind, Octets.EMPTY));
    }

    /** An operator sets the mode, or, with nothing, gives it back to the signed configuration. */
    synchronized void command(Optional<PointMode> mode) {
        commanded = mode;
        settle();
        world.memory().command(id, mode);
    }

    /** New lists may have brought another mode, other wires and other times. */
    synchronized void listsChanged() {
        machine = new DoorMachine(DoorFitting.of(id, world.policy().get(), setup.config()));
        settle();
    }

    /** What fell due at the door, and what the clock says of its mode. */
    synchronized void timePassed() {
        settle();
        feed(new DoorInput.Time());
    }

    private void settle() {
        PointModes modes = record().map(PointRecord::modes).orElse(PointModes.NORMAL);
        Standing next = window.standing(commanded, modes);
        boolean told = next.input().equals(standing.input());
        standing = next;
        if (!told) {
            feed(next.input());
        }
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
        feed(new DoorInput.Release(cause, (int) Math.min(Math.max(1, pulseMillis), LONGEST_PULSE_MILLIS), (int)
                Math.min(open, 6 * LONGEST_PULSE_MILLIS)));
    }

    private void feed(DoorInput input) {
        step(input).forEach(kind -> write(kind, Octets.EMPTY));
    }

    /** Moves what has to move; what is to be written down comes back. */
    private List<EventKind> step(DoorInput input) {
        long now = world.clock().monotonicMillis();
        DoorStep step = machine.step(door, input, now);
        door = step.state();
        List<EventKind> written = new ArrayList<>(2);
        for (DoorOutput output : step.outputs()) {
            if (output instanceof DoorOutput.Report report) {
                written.add(report.event().kind());
            } else {
                move(output);
            }
        }
        world.relay().signal(id, WireFunction.SIREN, door.alarming());
        world.relay().signal(id, WireFunction.BUZZER, machine.warns(door, now));
        world.relay().signal(id, WireFunction.LIGHT, door.relayOn());
        return written;
    }

    private void move(DoorOutput output) {
        try {
            if (output instanceof DoorOutput.Pulse pulse) {
                world.relay().pulse(id, pulse.millis());
            } else if (output instanceof DoorOutput.Hold) {
                world.relay().hold(id);
            } else {
                world.relay().drop(id);
            }
        } catch (CardException e) {
            LOG.error("point {}: the relay does not answer: {}", id.value(), e.getMessage());
        }
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
                shown.credential(),
                shown.presented().method(),
                shown.level(),
                policy.access(),
                decision.rules().toList(),
                shown.evidence());
    }
}
