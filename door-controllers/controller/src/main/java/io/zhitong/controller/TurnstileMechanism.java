package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CardException;
import io.zhitong.points.BoltState;
import io.zhitong.points.DoorEvent;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorPhase;
import io.zhitong.points.DoorState;
import io.zhitong.points.TurnstileInput;
import io.zhitong.points.TurnstileMachine;
import io.zhitong.points.TurnstileState;
import io.zhitong.points.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turnstile machine with the gates of its passage (闸机机构): who is granted goes in, the exit button lets out. */
final class TurnstileMechanism implements Mechanism {

    private static final Logger LOG = LoggerFactory.getLogger(TurnstileMechanism.class);
    private static final int USUAL_HELD_MILLIS = 10_000;
    private static final int SHORTEST_HELD_MILLIS = 1_000;
    private static final int LONGEST_HELD_MILLIS = 3_600_000;

    private final PointId id;
    private final Relay relay;
    private final DoorClock clock;
    private TurnstileMachine machine = new TurnstileMachine(USUAL_HELD_MILLIS);
    private TurnstileState state = TurnstileState.closed();
    private boolean beams;

    TurnstileMechanism(PointId id, Relay relay, DoorClock clock) {
        this.id = id;
        this.relay = relay;
        this.clock = clock;
    }

    @Override
    public List<EventKind> step(DoorInput input) {
        List<EventKind> written = new ArrayList<>(2);
        Optional<TurnstileInput> meant = meant(input);
        if (meant.isPresent()) {
            TurnstileMachine.Step step = machine.step(state, meant.get(), clock.monotonicMillis());
            state = step.state();
            step.gates().forEach(this::move);
            step.events().stream().map(DoorEvent::kind).forEach(written::add);
        }
        if (input instanceof DoorInput.Release release && release.cause() == DoorInput.Cause.EXIT_BUTTON) {
            written.add(EventKind.EXIT_REQUESTED);
        }
        relay.signal(id, WireFunction.SIREN, state.alarm().isPresent() || state.fire());
        relay.signal(id, WireFunction.LIGHT, state.open(Way.IN));
        return written;
    }

    private static Optional<TurnstileInput> meant(DoorInput input) {
        if (input instanceof DoorInput.Release release) {
            Way way = release.cause() == DoorInput.Cause.EXIT_BUTTON ? Way.OUT : Way.IN;
            return Optional.of(new TurnstileInput.Release(way, release.pulseMillis()));
        }
        if (input instanceof DoorInput.Beam beam) {
            return Optional.of(new TurnstileInput.Beam(beam.side(), beam.broken()));
        }
        if (input instanceof DoorInput.Fire fire) {
            return Optional.of(new TurnstileInput.Fire(fire.burning()));
        }
        return mode(input);
    }

    private static Optional<TurnstileInput> mode(DoorInput input) {
        if (input instanceof DoorInput.Free) {
            return Optional.of(new TurnstileInput.Free(true));
        }
        if (input instanceof DoorInput.Normal) {
            return Optional.of(new TurnstileInput.Free(false));
        }
        if (input instanceof DoorInput.Secure) {
            return Optional.of(new TurnstileInput.Secure());
        }
        return input instanceof DoorInput.Time ? Optional.of(new TurnstileInput.Time()) : Optional.empty();
    }

    /** The board times what is released for a time, so that a dying controller leaves no gate open. */
    private void move(TurnstileMachine.Gate gate) {
        try {
            if (!gate.open()) {
                relay.drop(id, gate.way());
            } else if (state.held()) {
                relay.hold(id, gate.way());
            } else {
                relay.pulse(id, gate.way(), Math.toIntExact(state.until() - clock.monotonicMillis()));
            }
        } catch (CardException e) {
            LOG.error("point {}: the gate does not answer: {}", id.value(), e.getMessage());
        }
    }

    @Override
    public DoorState door() {
        boolean open = state.open(Way.IN) || state.open(Way.OUT);
        DoorPhase phase =
                state.body().from().isPresent() ? DoorPhase.HELD : open ? DoorPhase.RELEASED : DoorPhase.CLOSED;
        return new DoorState(phase, state.free(), state.fire(), state.until(), 0, DoorState.NEVER, BoltState.THROWN);
    }

    @Override
    public boolean tellsPassages() {
        return beams;
    }

    @Override
    public void configured(DoorPolicy policy) {
        long held = policy.rules()
                .point(id)
                .map(PointRecord::times)
                .map(times -> times.heldOpen())
                .filter(millis -> millis > 0)
                .orElse((long) USUAL_HELD_MILLIS);
        machine = new TurnstileMachine((int) Math.max(SHORTEST_HELD_MILLIS, Math.min(held, LONGEST_HELD_MILLIS)));
        beams = policy.wires(id, WireDirection.INPUT).anyMatch(wire -> wire.function() == WireFunction.BEAM);
    }
}
