package io.zhitong.controller;

import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.points.Drive;
import io.zhitong.points.Landing;
import java.util.List;
import java.util.function.Function;

/**
 * Dry contacts of a lift (干接点): call to where the reader is, call to the lobby, recall. The recall contact stays closed as long as it
 * burns; a lift without one is called to the lobby. Thread-safe.
 */
final class CallContacts implements LiftDriver {

    static final int CALL_MILLIS = 1_000;

    private static final int UNTIL_TOLD = 0;

    private final Function<WireFunction, List<WiringRecord>> wires;
    private final Board board;

    /** @param wires outputs of the lift's point with a function, as wired now */
    CallContacts(Function<WireFunction, List<WiringRecord>> wires, Board board) {
        this.wires = wires;
        this.board = board;
    }

    @Override
    public void call(Landing landing) {
        for (WiringRecord wire : wires.apply(WireFunction.CALL)) {
            if (wire.number() == landing.ordinal()) {
                write(wire, true, CALL_MILLIS);
            }
        }
    }

    @Override
    public void recall(boolean on) {
        List<WiringRecord> contacts = wires.apply(WireFunction.RECALL);
        contacts.forEach(wire -> write(wire, on, UNTIL_TOLD));
        if (on && contacts.isEmpty()) {
            call(Landing.LOBBY);
        }
    }

    private void write(WiringRecord wire, boolean yes, int millis) {
        board.write(wire.io(), new Drive(!wire.inverted()).level(yes), millis);
    }
}
