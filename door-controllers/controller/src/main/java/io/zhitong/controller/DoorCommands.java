package io.zhitong.controller;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.link.CommandAnswer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What operators may do to doors (人工指令): open once, lock down, hold unlocked, back to normal. The link has verified signature,
 * addressee and expiry before; point 0 means every door of the device.
 */
final class DoorCommands {

    private final Doors doors;

    DoorCommands(Doors doors) {
        this.doors = doors;
    }

    void carryOut(CommandOrder order, Consumer<CommandAnswer> answers) {
        switch (order.kind()) {
            case OPEN -> each(order, answers, (door, mode) -> door.openOnce(), Optional.empty());
            case LOCK_DOWN -> each(order, answers, DoorPoint::command, Optional.of(PointMode.LOCKED));
            case UNLOCK -> each(order, answers, DoorPoint::command, Optional.of(PointMode.UNLOCKED));
            case RELEASE -> each(order, answers, DoorPoint::command, Optional.empty());
            case RELAY, CLOCK, SALE, SALE_CANCEL, UPDATE, LEASE_CHALLENGE, LEASE_RENEWAL ->
                answers.accept(CommandAnswer.refused(order, CommandRefusal.NOT_SUPPORTED));
        }
    }

    private void each(
            CommandOrder order,
            Consumer<CommandAnswer> answers,
            BiConsumer<DoorPoint, Optional<PointMode>> act,
            Optional<PointMode> mode) {
        List<DoorPoint> meant = doors.all().stream()
                .filter(door ->
                        order.point().equals(PointId.DEVICE) || order.point().equals(door.id()))
                .toList();
        if (meant.isEmpty()) {
            answers.accept(CommandAnswer.refused(order, CommandRefusal.UNKNOWN_POINT));
            return;
        }
        meant.forEach(door -> act.accept(door, mode));
        answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED));
    }
}
