package io.zhitong.backend.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.estate.PointRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be wired where: two doors, the second in fire zone 5 with its contact at input 4. */
final class WiringCheckTest {
    private static final DeviceId HERE = new DeviceId(42);
    private static final PointId GATE = new PointId(1);
    private static final PointId HALL = new PointId(2);
    private static final List<PointRow> POINTS = List.of(row(GATE, "大门"), row(HALL, "大堂"));
    private static final ListItem IN_FIRE_ZONE = ListItem.point(
            HERE,
            PointRecord.of(
                            HALL,
                            PointKind.DOOR,
                            Set.of(AccessMethod.SEALED),
                            CarrierLevel.NONE,
                            PointTimes.of(3000, 0),
                            "大堂")
                    .with(new FireSafety(5, 4, true, LockKind.FAIL_SAFE)));

    private static PointRow row(PointId id, String name) {
        return new PointRow(new CommunityId(1), HERE, id, PointKind.DOOR, AccessMethod.SEALED, name);
    }

    private static WiringRecord wire(int io, WireFunction function, PointId point, int number) {
        return new WiringRecord(io, WiringCheck.side(function), point, function, false, false, number);
    }

    private static WiringCheck with(WiringRecord... wires) {
        List<PolicyItem> items = new ArrayList<>(List.of(IN_FIRE_ZONE));
        Arrays.stream(wires).map(wire -> ListItem.wire(HERE, wire)).forEach(items::add);
        items.add(ListItem.wire(new DeviceId(43), wire(1, WireFunction.LOCK, GATE, 0)));
        return new WiringCheck(PolicyContent.of(items), POINTS, HERE);
    }

    @Test
    void two_locks_on_one_output_are_refused_and_another_controllers_output_is_no_matter() {
        WiringCheck empty = with();
        assertThat(empty.put(wire(1, WireFunction.LOCK, GATE, 0))).isEmpty();
        WiringCheck wired = with(wire(1, WireFunction.LOCK, GATE, 0));
        assertThat(wired.put(wire(1, WireFunction.LOCK, GATE, 1))).hasValue(WiringFault.TAKEN);
        assertThat(wired.put(wire(1, WireFunction.SIREN, PointId.DEVICE, 0))).hasValue(WiringFault.TAKEN);
        assertThat(wired.put(wire(1, WireFunction.CONTACT, GATE, 0)))
                .as("input 1 is another terminal")
                .isEmpty();
        assertThat(wired.wires()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFunction.class,
            names = {"LOCK", "FLOOR", "PRESS"})
    void a_lock_in_a_fire_zone_waits_for_its_fire_contact_and_the_contact_stays_as_long_as_the_lock(
            WireFunction function) {
        WiringRecord lock = wire(2, function, HALL, 0);
        WiringRecord contact = wire(4, WireFunction.FIRE_CONTACT, HALL, 0);
        assertThat(with().put(lock)).hasValue(WiringFault.NO_FIRE_CONTACT);
        assertThat(with(wire(3, WireFunction.FIRE_CONTACT, HALL, 0)).put(lock))
                .as("at another terminal than its own")
                .hasValue(WiringFault.NO_FIRE_CONTACT);
        assertThat(with(wire(4, WireFunction.CONTACT, HALL, 0)).put(lock)).hasValue(WiringFault.NO_FIRE_CONTACT);
        assertThat(with(contact).put(lock)).isEmpty();
        assertThat(with(contact, lock).remove(WireDirection.INPUT, 4)).hasValue(WiringFault.FIRE_NEEDED);
        assertThat(with(contact).remove(WireDirection.INPUT, 4)).isEmpty();
        assertThat(with(contact, lock).remove(WireDirection.OUTPUT, 2)).isEmpty();
        assertThat(with().remove(WireDirection.OUTPUT, 2)).hasValue(WiringFault.NOT_THERE);
    }

    @Test
    void what_is_approved_is_checked_again_because_a_zone_may_come_later() {
        PolicyContent bare =
                PolicyContent.of(List.of(IN_FIRE_ZONE, ListItem.wire(HERE, wire(2, WireFunction.LOCK, HALL, 0))));
        assertThat(PolicyCheck.of(bare, POINTS))
                .extracting(PolicyFault.Found::what)
                .containsExactly(PolicyFault.NO_FIRE_CONTACT);
        PolicyContent good =
                bare.with(List.of(ListItem.wire(HERE, wire(4, WireFunction.FIRE_CONTACT, HALL, 0))), List.of());
        assertThat(PolicyCheck.of(good, POINTS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WireFunction.class)
    void every_function_has_its_side_and_is_refused_at_the_other(WireFunction function) {
        WireDirection side = WiringCheck.side(function);
        WireDirection other = side == WireDirection.INPUT ? WireDirection.OUTPUT : WireDirection.INPUT;
        assertThat(with().put(new WiringRecord(9, side, GATE, function, false, false, 0)))
                .isEmpty();
        assertThat(with().put(new WiringRecord(9, other, GATE, function, false, false, 0)))
                .hasValue(WiringFault.OTHER_SIDE);
    }

    @Test
    void a_wire_belongs_to_a_point_that_is_there_and_says_which_of_several_it_is() {
        assertThat(with().put(wire(1, WireFunction.LOCK, PointId.DEVICE, 0))).hasValue(WiringFault.NO_POINT);
        assertThat(with().put(wire(1, WireFunction.LOCK, new PointId(9), 0))).hasValue(WiringFault.NO_POINT);
        assertThat(with().put(wire(1, WireFunction.TAMPER, PointId.DEVICE, 0))).isEmpty();
        WiringCheck wired = with(wire(1, WireFunction.CONTACT, GATE, 0));
        assertThat(wired.put(wire(2, WireFunction.CONTACT, GATE, 0))).hasValue(WiringFault.TWICE);
        assertThat(wired.put(wire(2, WireFunction.CONTACT, GATE, 1))).isEmpty();
        assertThat(with().put(wire(0, WireFunction.CONTACT, GATE, 0))).hasValue(WiringFault.TERMINAL);
        assertThat(with().put(wire(4_097, WireFunction.CONTACT, GATE, 0))).hasValue(WiringFault.TERMINAL);
        assertThat(with().put(new WiringRecord(1, WireDirection.OUTPUT, GATE, WireFunction.LOCK, true, false, 0)))
                .hasValue(WiringFault.NOT_SUPERVISED);
    }
}
