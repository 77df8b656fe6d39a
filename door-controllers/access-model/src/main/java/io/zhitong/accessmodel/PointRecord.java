package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.EnumSet;
import java.util.Set;

/**
 * How one point of a device behaves (门点配置): point 2 ‖ kind 1 ‖ methods 2 ‖ least level 1 ‖ mode 1 ‖ fire zone 1 ‖ pulse 4 ‖
 * held open 4 ‖ name length 2 ‖ name.
 *
 * @param methods what the point accepts; bit n = {@link AccessMethod} with code n. A sealed door that does not name
 *     FAST never falls back to it
 * @param leastLevel the least safe carrier it accepts
 * @param inFireZone whether the point must have its own wired fire contact
 * @param pulseMillis how long the lock stays released
 * @param heldOpenMillis after how long an open door is an alarm, 0 = never
 * @param name at most 64 bytes of UTF-8
 */
public record PointRecord(
        PointId point,
        PointKind pointKind,
        Set<AccessMethod> methods,
        CarrierLevel leastLevel,
        PointMode mode,
        boolean inFireZone,
        long pulseMillis,
        long heldOpenMillis,
        String name)
        implements ListRecord {

    private static final int MAX_NAME = 64;

    public PointRecord {
        methods = Set.copyOf(methods);
        ModelException.require(
                pulseMillis >= 0
                        && pulseMillis <= 0xFFFF_FFFFL
                        && heldOpenMillis >= 0
                        && heldOpenMillis <= 0xFFFF_FFFFL,
                ModelException.Reason.RANGE,
                "times in milliseconds, u32");
        Decoding.text(name, MAX_NAME, "a point name");
    }

    @Override
    public ListKind kind() {
        return ListKind.POINTS;
    }

    @Override
    public byte[] canonical() {
        int bits = methods.stream().mapToInt(method -> 1 << method.code()).sum();
        return new ByteWriter()
                .u16(point.value())
                .u8(pointKind.code())
                .u16(bits)
                .u8(leastLevel.code())
                .u8(mode.code())
                .u8(inFireZone ? 1 : 0)
                .u32(pulseMillis)
                .u32(heldOpenMillis)
                .text(name)
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of a point's configuration */
    public static PointRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.POINTS, PointRecord::read);
    }

    private static PointRecord read(ByteReader in) {
        return new PointRecord(
                new PointId(in.u16()),
                Coded.require(PointKind.class, in.u8()),
                methods(in.u16()),
                Coded.require(CarrierLevel.class, in.u8()),
                Coded.require(PointMode.class, in.u8()),
                in.u8() == 1,
                in.u32(),
                in.u32(),
                in.text());
    }

    private static Set<AccessMethod> methods(int bits) {
        Set<AccessMethod> methods = EnumSet.noneOf(AccessMethod.class);
        for (AccessMethod method : AccessMethod.values()) {
            if ((bits >> method.code() & 1) == 1) {
                methods.add(method);
            }
        }
        return methods;
    }
}
