package io.zhitong.controller;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.decision.Decision;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What operators may do to doors and to the site (人工指令). The link has verified signature, addressee and expiry before; point 0 means
 * every door of the device, or with an area in the arguments every door of that area.
 */
final class DoorCommands {

    static final Set<CommandKind> KINDS = EnumSet.of(
            CommandKind.OPEN,
            CommandKind.LOCK_DOWN,
            CommandKind.UNLOCK,
            CommandKind.RELEASE,
            CommandKind.ADMIT,
            CommandKind.THREAT,
            CommandKind.FIRE,
            CommandKind.FIRE_RESET,
            CommandKind.AMNESTY,
            CommandKind.LIFT,
            CommandKind.RELAY);

    /** What lets somebody in is on disk before a relay moves, as with a card; it is answered by then. */
    private static final Set<CommandKind> WRITTEN_FIRST = EnumSet.of(CommandKind.OPEN, CommandKind.UNLOCK);

    private final Doors doors;
    private final SiteOrders orders;
    private final Presence presence;
    private final NamedOutputs outputs;

    DoorCommands(Doors doors, SiteOrders orders, Presence presence, NamedOutputs outputs) {
        this.outputs = outputs;
        this.doors = doors;
        this.orders = orders;
        this.presence = presence;
    }

    void carryOut(CommandOrder order, Consumer<CommandAnswer> answers) {
        CommandRefusal refusal;
        try {
            refusal = done(order, answers);
        } catch (ModelException | MalformedInput e) {
            refusal = CommandRefusal.MALFORMED;
        }
        if (refusal != CommandRefusal.NONE) {
            answers.accept(CommandAnswer.refused(order, refusal));
        } else if (!WRITTEN_FIRST.contains(order.kind())) {
            answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED));
        }
    }

    private CommandRefusal done(CommandOrder order, Consumer<CommandAnswer> answers) {
        Runnable executed = () -> answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED));
        Runnable sensed = () -> answers.accept(CommandAnswer.of(order, CommandAnswer.Stage.SENSED));
        return switch (order.kind()) {
            case OPEN -> open(meant(order, PlaceOrder.NONE), executed, sensed);
            case LOCK_DOWN -> mode(order, Optional.of(PointMode.LOCKED), () -> {});
            case UNLOCK -> mode(order, Optional.of(PointMode.UNLOCKED), executed);
            case RELEASE -> mode(order, Optional.empty(), () -> {});
            case ADMIT -> admit(meant(order, PlaceOrder.NONE));
            case THREAT -> threat(PlaceOrder.decode(order.args()));
            case FIRE -> fire(number(order.args(), Short.BYTES), true);
            case FIRE_RESET -> fire(number(order.args(), Short.BYTES), false);
            case AMNESTY -> amnesty(number(order.args(), Integer.BYTES));
            case LIFT -> visit(meant(order, PlaceOrder.NONE), LiftOrder.decode(order.args()));
            case RELAY -> outputs.pulse(order);
            case CLOCK, SALE, SALE_CANCEL, UPDATE, LEASE_CHALLENGE, LEASE_RENEWAL -> CommandRefusal.NOT_SUPPORTED;
        };
    }

    /** @param sensed run when a single door's opening by order was seen; always after the answer to the order */
    private static CommandRefusal open(List<DoorPoint> meant, Runnable executed, Runnable sensed) {
        Runnable told = meant.size() == 1 ? sensed : () -> {};
        return each(meant, executed, door -> door.openOnce(told));
    }

    private CommandRefusal mode(CommandOrder order, Optional<PointMode> mode, Runnable executed) {
        PlaceOrder place = order.args().length() == 0 ? PlaceOrder.NONE : PlaceOrder.decode(order.args());
        Optional<Ordered> ordered = mode.map(to -> new Ordered(to, place.untilSecond()));
        return each(meant(order, place), executed, door -> door.order(ordered));
    }

    private List<DoorPoint> meant(CommandOrder order, PlaceOrder place) {
        return doors.all().stream()
                .filter(door ->
                        order.point().equals(PointId.DEVICE) || order.point().equals(door.id()))
                .filter(door -> place.area() == PlaceOrder.NO_AREA || door.borders(place.area()))
                .toList();
    }

    private static CommandRefusal each(List<DoorPoint> meant, Runnable before, Consumer<DoorPoint> act) {
        if (meant.isEmpty()) {
            return CommandRefusal.UNKNOWN_POINT;
        }
        before.run();
        meant.forEach(act);
        return CommandRefusal.NONE;
    }

    private static CommandRefusal admit(List<DoorPoint> meant) {
        if (meant.size() != 1) {
            return CommandRefusal.UNKNOWN_POINT;
        }
        return meant.get(0).admit() ? CommandRefusal.NONE : CommandRefusal.INTERLOCKED;
    }

    private static CommandRefusal visit(List<DoorPoint> meant, LiftOrder order) {
        if (meant.size() != 1) {
            return CommandRefusal.UNKNOWN_POINT;
        }
        return meant.get(0)
                .visit(order)
                .map(decision -> decision instanceof Decision.Grant ? CommandRefusal.NONE : CommandRefusal.FAILED)
                .orElse(CommandRefusal.UNKNOWN_POINT);
    }

    private CommandRefusal threat(PlaceOrder place) {
        orders.threat(place.area(), place.number(), place.untilSecond());
        return CommandRefusal.NONE;
    }

    /** Zone 0 is no zone; a reset of zone 0 is one of all. */
    private CommandRefusal fire(long zone, boolean on) {
        if (zone == 0 && on) {
            return CommandRefusal.MALFORMED;
        }
        Set<Integer> zones = zone == 0 ? orders.burning() : Set.of((int) zone);
        zones.forEach(each -> doors.fireOrdered(each, on));
        return CommandRefusal.NONE;
    }

    private CommandRefusal amnesty(long holder) {
        presence.forget(holder == 0 ? Optional.empty() : Optional.of(holder));
        return CommandRefusal.NONE;
    }

    private static long number(Octets args, int bytes) {
        ByteReader in = new ByteReader(args.toByteArray());
        long number = bytes == Short.BYTES ? in.u16() : in.u32();
        in.end();
        return number;
    }
}
