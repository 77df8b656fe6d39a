package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CardException;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.points.BoltState;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorPhase;
import io.zhitong.points.DoorState;
import io.zhitong.points.LiftInput;
import io.zhitong.points.LiftMachine;
import io.zhitong.points.LiftMode;
import io.zhitong.points.LiftOutput;
import io.zhitong.points.LiftState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lift machine with what it drives (电梯机构). */
final class LiftMechanism implements Mechanism {

    private static final Logger LOG = LoggerFactory.getLogger(LiftMechanism.class);

    private final PointId id;
    private final Relay relay;
    private final DoorClock clock;
    private LiftMachine machine = new LiftMachine(LiftMode.CALL);
    private LiftState state = LiftState.closed();

    LiftMechanism(PointId id, Relay relay, DoorClock clock) {
        this.id = id;
        this.relay = relay;
        this.clock = clock;
    }

    @Override
    public List<EventKind> step(DoorInput input) {
        return meant(input).map(this::step).orElse(List.of());
    }

    /** What only a lift understands. */
    List<EventKind> step(LiftInput input) {
        LiftMachine.Step step = machine.step(state, input, clock.monotonicMillis());
        state = step.state();
        List<EventKind> written = new ArrayList<>(1);
        for (LiftOutput output : step.outputs()) {
            if (output instanceof LiftOutput.Report report) {
                written.add(report.event().kind());
            } else {
                relay.lift(id).forEach(driver -> move(driver, output));
            }
        }
        relay.signal(id, WireFunction.SIREN, state.fire());
        relay.signal(id, WireFunction.LIGHT, state.lets());
        return written;
    }

    private static Optional<LiftInput> meant(DoorInput input) {
        if (input instanceof DoorInput.Release release) {
            return Optional.of(
                    release.cause() == DoorInput.Cause.EXIT_BUTTON
                            ? new LiftInput.Button()
                            : new LiftInput.Anywhere(release.pulseMillis()));
        }
        if (input instanceof DoorInput.Fire fire) {
            return Optional.of(new LiftInput.Fire(fire.burning()));
        }
        if (input instanceof DoorInput.Free) {
            return Optional.of(new LiftInput.Free());
        }
        if (input instanceof DoorInput.Normal) {
            return Optional.of(new LiftInput.Normal());
        }
        if (input instanceof DoorInput.Secure) {
            return Optional.of(new LiftInput.Secure());
        }
        return input instanceof DoorInput.Time ? Optional.of(new LiftInput.Time()) : Optional.empty();
    }

    private void move(LiftDriver driver, LiftOutput output) {
        try {
            if (output instanceof LiftOutput.Enable enable) {
                driver.enable(enable.landing(), enable.floors(), enable.millis());
            } else if (output instanceof LiftOutput.Press press) {
                driver.press(press.floor());
            } else if (output instanceof LiftOutput.Call call) {
                driver.call(call.landing());
            } else if (output instanceof LiftOutput.Withdraw) {
                driver.withdraw();
            } else if (output instanceof LiftOutput.Free free) {
                driver.free(free.on());
            } else if (output instanceof LiftOutput.Recall recall) {
                driver.recall(recall.on());
            }
        } catch (CardException e) {
            LOG.error("point {}: the lift does not answer: {}", id.value(), e.getMessage());
        }
    }

    @Override
    public DoorState door() {
        DoorPhase phase = state.lets() ? DoorPhase.RELEASED : DoorPhase.CLOSED;
        long until = state.until().values().stream().max(Long::compare).orElse(DoorState.NEVER);
        return new DoorState(phase, state.free(), state.fire(), until, 0, DoorState.NEVER, BoltState.THROWN);
    }

    /** Nobody sees who gets into a car. */
    @Override
    public boolean tellsPassages() {
        return false;
    }

    @Override
    public void configured(DoorPolicy policy) {
        List<LiftMode> possible = relay.lift(id).stream()
                .flatMap(driver -> driver.mode().stream())
                .toList();
        machine = new LiftMachine(
                possible.contains(LiftMode.PRESS)
                        ? LiftMode.PRESS
                        : possible.isEmpty() ? LiftMode.CALL : LiftMode.ENABLE);
    }
}
