package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CardException;
import io.zhitong.points.DoorInput;
import io.zhitong.points.DoorMachine;
import io.zhitong.points.DoorOutput;
import io.zhitong.points.DoorState;
import io.zhitong.points.DoorStep;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door machine with the outputs of its door (门机构). */
final class DoorMechanism implements Mechanism {

    private static final Logger LOG = LoggerFactory.getLogger(DoorMechanism.class);

    private final PointId id;
    private final DoorSetup setup;
    private final Relay relay;
    private final DoorClock clock;
    private DoorMachine machine;
    private boolean contact;
    private DoorState door = DoorState.locked();

    DoorMechanism(DoorSetup setup, Relay relay, DoorClock clock) {
        this.id = setup.point();
        this.setup = setup;
        this.relay = relay;
        this.clock = clock;
        this.machine = new DoorMachine(setup.config());
        this.contact = setup.config().contactWired();
    }

    @Override
    public List<EventKind> step(DoorInput input) {
        long now = clock.monotonicMillis();
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
        relay.signal(id, WireFunction.SIREN, door.alarming());
        relay.signal(id, WireFunction.BUZZER, machine.warns(door, now));
        relay.signal(id, WireFunction.LIGHT, door.relayOn());
        return written;
    }

    private void move(DoorOutput output) {
        try {
            if (output instanceof DoorOutput.Pulse pulse) {
                relay.pulse(id, pulse.millis());
            } else if (output instanceof DoorOutput.Hold) {
                relay.hold(id);
            } else {
                relay.drop(id);
            }
        } catch (CardException e) {
            LOG.error("point {}: the relay does not answer: {}", id.value(), e.getMessage());
        }
    }

    @Override
    public DoorState door() {
        return door;
    }

    @Override
    public boolean tellsPassages() {
        return contact;
    }

    @Override
    public void configured(DoorPolicy policy) {
        var config = DoorFitting.of(id, policy, setup.config());
        contact = config.contactWired();
        machine = new DoorMachine(config);
    }
}
