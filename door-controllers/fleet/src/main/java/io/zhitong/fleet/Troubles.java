package io.zhitong.fleet;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Strikes connections and controllers, one kind of fault each second in turn (故障编排). Used by one thread. */
final class Troubles {

    /** Every tenth connection or controller. */
    private static final double CHANCE = 0.1;

    private final List<Fault> faults;
    private final SplittableRandom random;
    private final Optional<FaultProxy> proxy;
    private final List<SimulatedController> controllers;
    private long strikes;

    Troubles(List<Fault> faults, long seed, Optional<FaultProxy> proxy, List<SimulatedController> controllers) {
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.proxy = proxy;
        this.controllers = controllers;
    }

    /** @param second of the run, each told once */
    void strike(long second) {
        if (faults.isEmpty()) {
            return;
        }
        Fault next = faults.get((int) (second % faults.size()));
        if (next == Fault.KILL) {
            controllers.stream()
                    .filter(controller -> random.nextDouble() < CHANCE)
                    .forEach(this::kill);
        } else {
            strikes += proxy.map(wires -> wires.strike(next, CHANCE, random)).orElse(0);
        }
    }

    private void kill(SimulatedController controller) {
        controller.kill();
        strikes++;
    }

    long strikes() {
        return strikes;
    }
}
