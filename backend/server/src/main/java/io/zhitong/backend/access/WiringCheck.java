package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.estate.PointRow;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The wires of one controller in a policy, and whether one more or one less makes sense (接线核对). Unchangeable. */
public final class WiringCheck {
    private static final int LAST_TERMINAL = 4_096;
    private static final Set<WireFunction> OUTPUTS = EnumSet.of(
            WireFunction.LOCK,
            WireFunction.SIREN,
            WireFunction.LIGHT,
            WireFunction.FLOOR,
            WireFunction.PRESS,
            WireFunction.CALL,
            WireFunction.RECALL,
            WireFunction.BARRIER,
            WireFunction.BUZZER,
            WireFunction.OTHER_OUTPUT);

    /** What a fire in the point's zone has to move. */
    static final Set<WireFunction> GOVERNED = EnumSet.of(WireFunction.LOCK, WireFunction.FLOOR, WireFunction.PRESS);

    /** What may belong to the controller itself. */
    private static final Set<WireFunction> OF_NO_POINT = EnumSet.of(
            WireFunction.TAMPER,
            WireFunction.ALARM_INPUT,
            WireFunction.FIRE_CONTACT,
            WireFunction.SIREN,
            WireFunction.LIGHT,
            WireFunction.BUZZER,
            WireFunction.OTHER_OUTPUT);

    private final PolicyContent content;
    private final List<PointRow> points;
    private final List<WiringRecord> wires;

    /** @param points of this controller */
    public WiringCheck(PolicyContent content, List<PointRow> points, DeviceId device) {
        this.content = content;
        this.points = List.copyOf(points);
        this.wires = content.of(ItemKind.WIRE).stream()
                .filter(item -> item.key().device().equals(device))
                .map(item -> (WiringRecord) ((ListItem) item).record())
                .toList();
    }

    /** Rising by side and terminal. */
    public List<WiringRecord> wires() {
        return wires;
    }

    /** Which side a function is wired to. */
    public static WireDirection side(WireFunction function) {
        return OUTPUTS.contains(function) ? WireDirection.OUTPUT : WireDirection.INPUT;
    }

    /** Why this wire cannot be added; nothing = it can. */
    public Optional<WiringFault> put(WiringRecord wire) {
        if (wire.io() < 1 || wire.io() > LAST_TERMINAL) {
            return Optional.of(WiringFault.TERMINAL);
        }
        if (at(wire.direction(), wire.io()).isPresent()) {
            return Optional.of(WiringFault.TAKEN);
        }
        if (wire.direction() != side(wire.function())) {
            return Optional.of(WiringFault.OTHER_SIDE);
        }
        if (wire.supervised() && wire.direction() == WireDirection.OUTPUT) {
            return Optional.of(WiringFault.NOT_SUPERVISED);
        }
        return of(wire);
    }

    private Optional<WiringFault> of(WiringRecord wire) {
        boolean none = wire.point().equals(PointId.DEVICE);
        if (none ? !OF_NO_POINT.contains(wire.function()) : point(wire.point()).isEmpty()) {
            return Optional.of(WiringFault.NO_POINT);
        }
        boolean twice = wires.stream()
                .anyMatch(other -> other.function() == wire.function()
                        && other.point().equals(wire.point())
                        && other.number() == wire.number());
        if (twice) {
            return Optional.of(WiringFault.TWICE);
        }
        boolean bare = GOVERNED.contains(wire.function()) && !contactFor(wire.point());
        return bare ? Optional.of(WiringFault.NO_FIRE_CONTACT) : Optional.empty();
    }

    /** Why the wire at this terminal cannot be taken off. */
    public Optional<WiringFault> remove(WireDirection direction, int io) {
        Optional<WiringRecord> wire = at(direction, io);
        if (wire.isEmpty()) {
            return Optional.of(WiringFault.NOT_THERE);
        }
        boolean needed = wire.get().function() == WireFunction.FIRE_CONTACT
                && wires.stream()
                        .filter(other -> GOVERNED.contains(other.function()))
                        .map(lock -> fire(lock.point()))
                        .anyMatch(fire -> fire.zone() != 0 && fire.contactInput() == io);
        return needed ? Optional.of(WiringFault.FIRE_NEEDED) : Optional.empty();
    }

    /** Whether the point is in no fire zone, or its fire contact is wired. */
    boolean contactFor(PointId point) {
        FireSafety fire = fire(point);
        return fire.zone() == 0
                || at(WireDirection.INPUT, fire.contactInput())
                        .filter(wire -> wire.function() == WireFunction.FIRE_CONTACT)
                        .isPresent();
    }

    private FireSafety fire(PointId id) {
        return point(id)
                .map(row -> PointDefaults.configured(content, row).fire())
                .orElse(FireSafety.NONE);
    }

    private Optional<PointRow> point(PointId id) {
        return points.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    private Optional<WiringRecord> at(WireDirection direction, int io) {
        return wires.stream()
                .filter(wire -> wire.direction() == direction && wire.io() == io)
                .findFirst();
    }
}
