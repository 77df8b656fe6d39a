package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.controller.lift.DispatchLine;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.edge.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Relays of a building some of whose lifts listen to dispatchers (派梯继电器); one line to each dispatcher. Thread-safe. */
final class Dispatched implements Relay, AutoCloseable {

    private static final String PART = "dispatcher ";

    private final Relay relay;
    private final Health health;
    private final Map<String, DispatchLine> lines = new TreeMap<>();
    private final Map<PointId, LiftDriver> lifts = new HashMap<>();

    /**
     * @param cars told at which point who was granted takes which car
     * @throws io.zhitong.edge.EdgeException CONFIG when an address or a floor is none
     */
    Dispatched(Relay relay, List<LiftSection> sections, Health health, BiConsumer<PointId, String> cars) {
        this.relay = relay;
        this.health = health;
        for (LiftSection section : sections) {
            DispatchLine.Floors floors = section.floors();
            DispatchLine line = lines.computeIfAbsent(
                    section.dispatcher(),
                    written -> DispatchLine.open(
                            ControllerSection.address(written, "dispatcher"), answers -> noted(written, answers)));
            lifts.put(section.id(), line.at(floors, car -> cars.accept(section.id(), car)));
        }
    }

    private void noted(String dispatcher, boolean answers) {
        if (answers) {
            health.working(PART + dispatcher);
        } else {
            health.broken(PART + dispatcher, "the dispatcher does not answer, nobody's grant moves its lifts");
        }
    }

    @Override
    public void pulse(PointId point, int millis) {
        relay.pulse(point, millis);
    }

    @Override
    public void hold(PointId point) {
        relay.hold(point);
    }

    @Override
    public void drop(PointId point) {
        relay.drop(point);
    }

    @Override
    public void signal(PointId point, WireFunction what, boolean on) {
        relay.signal(point, what, on);
    }

    @Override
    public List<LiftDriver> lift(PointId point) {
        LiftDriver driver = lifts.get(point);
        return driver == null ? relay.lift(point) : List.of(driver);
    }

    @Override
    public void close() {
        lines.values().forEach(DispatchLine::close);
    }
}
