package io.zhitong.backend.register;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.PointRow;
import java.util.Set;

/**
 * A point as somebody typed it (门点登记内容); what it does when is the policy's.
 *
 * @param number 1 to {@value #MOST}
 * @param method by which a card proves itself there until the policy says more
 */
public record PointTyped(int number, PointKind kind, AccessMethod method, String name) {
    /** As many as a controller moves. */
    public static final int MOST = 64;

    /** Methods of cards; the others come with the policy. */
    public static final Set<AccessMethod> METHODS = Set.of(
            AccessMethod.SEALED,
            AccessMethod.PRIVATE,
            AccessMethod.FAST,
            AccessMethod.LEGACY,
            AccessMethod.NUMBER,
            AccessMethod.PLATE);

    public PointTyped {
        name = name.strip();
    }

    /** What a device of the kind can move; a till has tills. */
    public static Set<PointKind> kinds(DeviceKind kind) {
        return kind == DeviceKind.POS
                ? Set.of(PointKind.TILL)
                : Set.of(PointKind.DOOR, PointKind.TURNSTILE, PointKind.LIFT, PointKind.LANE, PointKind.FACILITY);
    }

    void require(DeviceKind device) {
        RegisterRefusedException.unless(number >= 1 && number <= MOST, RegisterRefusal.POINT_NUMBER);
        RegisterRefusedException.unless(DeviceRegister.named(name), RegisterRefusal.NAME);
        RegisterRefusedException.unless(kinds(device).contains(kind), RegisterRefusal.POINT_KIND);
        boolean fits = device == DeviceKind.POS ? method == AccessMethod.NONE : METHODS.contains(method);
        RegisterRefusedException.unless(fits, RegisterRefusal.POINT_METHOD);
    }

    PointRow row(DeviceAddress device) {
        return new PointRow(device.community(), device.device(), new PointId(number), kind, method, name);
    }
}
