package io.zhitong.controller;

import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.decision.LiftFloors;
import io.zhitong.points.Drive;
import io.zhitong.points.Landing;
import io.zhitong.points.LiftMode;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Relays of a lift's floor buttons on a board (楼层继电器): one that makes the button work, one that presses it. In a recall they all fall:
 * what a floor relay then says is how it is wired, free where the wire is inverted. Thread-safe.
 */
final class FloorRelays implements LiftDriver {

    /** Lifts take a shorter press for a bounce. */
    static final int PRESS_MILLIS = 500;

    private static final int UNTIL_TOLD = 0;

    private final Function<WireFunction, List<WiringRecord>> wires;
    private final Board board;

    /** @param wires outputs of the lift's point with a function, as wired now */
    FloorRelays(Function<WireFunction, List<WiringRecord>> wires, Board board) {
        this.wires = wires;
        this.board = board;
    }

    @Override
    public Optional<LiftMode> mode() {
        if (!wires.apply(WireFunction.PRESS).isEmpty()) {
            return Optional.of(LiftMode.PRESS);
        }
        return wires.apply(WireFunction.FLOOR).isEmpty() ? Optional.empty() : Optional.of(LiftMode.ENABLE);
    }

    @Override
    public void enable(Landing landing, LiftFloors floors, int millis) {
        BitSet let = new BitSet();
        floors.numbers().forEach(let::set);
        for (WiringRecord wire : wires.apply(WireFunction.FLOOR)) {
            if (let.get(wire.number())) {
                write(wire, true, millis);
            }
        }
    }

    @Override
    public void press(int floor) {
        for (WiringRecord wire : wires.apply(WireFunction.PRESS)) {
            if (wire.number() == floor) {
                write(wire, true, PRESS_MILLIS);
            }
        }
    }

    @Override
    public void withdraw() {
        free(false);
    }

    @Override
    public void free(boolean on) {
        wires.apply(WireFunction.FLOOR).forEach(wire -> write(wire, on, UNTIL_TOLD));
    }

    @Override
    public void recall(boolean on) {
        if (on) {
            fall(WireFunction.FLOOR);
            fall(WireFunction.PRESS);
        } else {
            free(false);
            wires.apply(WireFunction.PRESS).forEach(wire -> write(wire, false, UNTIL_TOLD));
        }
    }

    private void fall(WireFunction function) {
        wires.apply(function).forEach(wire -> board.write(wire.io(), false, UNTIL_TOLD));
    }

    private void write(WiringRecord wire, boolean yes, int millis) {
        board.write(wire.io(), new Drive(!wire.inverted()).level(yes), millis);
    }
}
