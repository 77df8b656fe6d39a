package io.zhitong.controller;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door (门): decides, writes down, then moves the relay. The record is durable before the relay moves; if it cannot be
 * written, the door opens all the same and the loss is counted. Thread-safe: reader, commands and clock take turns.
 */
final class DoorPoint {

    private static final Logger LOG = LoggerFactory.getLogger(DoorPoint.class);
    private static final long LONGEST_PULSE_MILLIS = 600_000;
    private static final int COMMAND_PULSE_MILLIS = 3_000;

    private final PointId id;
    private final Supplier<DoorPolicy> policy;
    private final DoorRecords records;
    private final Relay relay;
    private final DoorClock clock;
    private final UseCounts uses;
    private final DoorMachine machine;
    private Optional<PointMode> commanded = Optional.empty();
    private PointState state = PointState.of(PointMode.NORMAL);
    private DoorState door = DoorState.locked();

    DoorPoint(
            DoorSetup setup,
            Supplier<DoorPolicy> policy,
            DoorRecords records,
            Relay relay,
            DoorClock clock,
            UseCounts uses) {
        this.id = setup.point();
        this.machine = new DoorMachine(setup.config());
        this.policy = policy;
        this.records = records;
        this.relay = relay;
        this.clock = clock;
        this.uses = uses;
    }

    PointId id() {
        return id;
    }

    /** What stands at the door: relay and leaf. */
    synchronized DoorState door() {
        return door;
    }

    synchronized PointMode mode() {
        return state.mode();
    }

    /** A card was shown: decide, write down, open. */
    synchronized Decision shown(Shown shown) {
        DoorPolicy now = policy.get();
        int passes = shown.credential().map(uses::of).orElse(0);
        Decision decision = Engine.decide(
                new Request(id, state, shown.presented(), clock.now(), clock.quality(), passes), now.rules());
        state = state.after(decision);
        write(event(shown, decision, now));
        if (decision instanceof Decision.Grant grant) {
            open(DoorInput.Cause.GRANT, grant.pulseMillis());
            shown.credential().ifPresent(credential -> uses.passed(credential, now.rules()));
        } else if (decision instanceof Decision.Deny deny && deny.alarm()) {
            write(EventKind.NOT_GENUINE_REPEATED, Octets.EMPTY);
        }
        return decision;
    }

    /** An operator opens once, for the configured time. */
    synchronized void openOnce() {
        long pulse = policy.get()
                .rules()
                .point(id)
                .map(point -> point.times().pulse())
                .filter(millis -> millis > 0)
                .orElse((long) COMMAND_PULSE_MILLIS);
        open(DoorInput.Cause.COMMAND, pulse);
    }

    /** An operator sets the mode, or, with nothing, gives it back to the signed configuration. */
    synchronized void command(Optional<PointMode> mode) {
        commanded = mode;
        settle();
    }

    /** New lists may have brought another standing mode. */
    synchronized void listsChanged() {
        settle();
    }

    /** What fell due; called when {@link DoorState#nextDeadline} has come. */
    synchronized void timePassed() {
        feed(new DoorInput.Time());
    }

    private void settle() {
        PointMode mode = commanded.orElseGet(() -> policy.get()
                .rules()
                .point(id)
                .map(point -> point.modes().standing())
                .orElse(PointMode.NORMAL));
        if (mode != state.mode()) {
            state = state.mode(mode);
            feed(
                    switch (mode) {
                        case UNLOCKED -> new DoorInput.Free();
                        case LOCKED -> new DoorInput.Secure();
                        case NORMAL,
                                FIRST_CARD,
                                CARD_PIN,
                                CARD_FACE,
                                CARD_FINGERPRINT,
                                TWO_PERSON,
                                ESCORT,
                                CARD_PLATE -> new DoorInput.Normal();
                    });
        }
    }

    private void open(DoorInput.Cause cause, long pulseMillis) {
        feed(new DoorInput.Release(cause, (int) Math.min(pulseMillis, LONGEST_PULSE_MILLIS)));
    }

    private void feed(DoorInput input) {
        DoorStep step = machine.step(door, input, clock.monotonicMillis());
        door = step.state();
        step.outputs().forEach(this::carryOut);
    }

    private void carryOut(DoorOutput output) {
        try {
            if (output instanceof DoorOutput.Pulse pulse) {
                relay.pulse(id, pulse.millis());
            } else if (output instanceof DoorOutput.Hold) {
                relay.hold(id);
            } else if (output instanceof DoorOutput.Drop) {
                relay.drop(id);
            } else if (output instanceof DoorOutput.Report report) {
                write(report.event().kind(), Octets.EMPTY);
            }
        } catch (CardException e) {
            LOG.error("point {}: the relay does not answer: {}", id.value(), e.getMessage());
        }
    }

    private void write(AccessEvent event) {
        write(event.kind(), Octets.of(event.encode()));
    }

    private void write(EventKind kind, Octets body) {
        if (!records.write(kind, id, body)) {
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
