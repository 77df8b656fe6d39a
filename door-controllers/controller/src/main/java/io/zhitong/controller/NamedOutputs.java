package io.zhitong.controller;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PulseOrder;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.points.Drive;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Outputs that an operator may pulse by their terminal (备用继电器): lights, sounds and what else is wired. Never what lets somebody through,
 * which has orders of its own, and nothing in a fire zone. Used in the doors' turn.
 */
final class NamedOutputs {

    private final Supplier<DoorPolicy> policy;
    private final Board board;
    private final IntPredicate signalled;

    /** @param signalled whether a door holds that output on now: the end of a pulse would silence its alarm */
    NamedOutputs(Supplier<DoorPolicy> policy, Board board, IntPredicate signalled) {
        this.policy = policy;
        this.board = board;
        this.signalled = signalled;
    }

    /** @throws io.zhitong.accessmodel.ModelException if the arguments are none */
    CommandRefusal pulse(CommandOrder order) {
        PulseOrder pulse = PulseOrder.decode(order.args());
        Optional<WiringRecord> wire = policy.get().wiring().stream()
                .filter(each -> each.direction() == WireDirection.OUTPUT && each.io() == pulse.io())
                .filter(each ->
                        order.point().equals(PointId.DEVICE) || order.point().equals(each.point()))
                .findFirst();
        if (wire.isEmpty()) {
            return CommandRefusal.UNKNOWN_POINT;
        }
        CommandRefusal refusal = refusal(wire.get());
        if (refusal == CommandRefusal.NONE) {
            board.write(pulse.io(), new Drive(!wire.get().inverted()).level(true), pulse.millis());
        }
        return refusal;
    }

    private CommandRefusal refusal(WiringRecord wire) {
        if (!wire.function().pulsedByOrder()) {
            return CommandRefusal.LOCK_OUTPUT;
        }
        boolean burns = policy.get()
                .rules()
                .point(wire.point())
                .filter(point -> point.fire().zone() != 0)
                .isPresent();
        if (burns) {
            return CommandRefusal.FIRE_OUTPUT;
        }
        if (signalled.test(wire.io())) {
            return CommandRefusal.BUSY;
        }
        return board.answers() ? CommandRefusal.NONE : CommandRefusal.FAILED;
    }
}
