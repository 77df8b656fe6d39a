package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.EnumSet;
import java.util.Set;

/**
 * How one point of a device behaves (门点配置): point 2 ‖ kind 1 ‖ methods 2 ‖ least level 1 ‖ modes 6 ‖ place 6 ‖ fire 5 ‖
 * offline 1 ‖ lease 4 ‖ times 12 ‖ name length 2 ‖ name. Source: our profile, docs/link.md.
 *
 * @param methods what the point accepts; bit n = {@link AccessMethod} with code n. A sealed door that does not name
 *     FAST never falls back to it
 * @param leastLevel the least safe carrier it accepts
 * @param leaseSeconds how long after the backend's last word the list still grants here, 0 = without limit
 * @param name at most 64 bytes of UTF-8
 */
public record PointRecord(
        PointId point,
        PointKind pointKind,
        Set<AccessMethod> methods,
        CarrierLevel leastLevel,
        PointModes modes,
        PointPlace place,
        FireSafety fire,
        OfflinePolicy offline,
        long leaseSeconds,
        PointTimes times,
        String name)
        implements ListRecord {

    public PointRecord {
        methods = Set.copyOf(methods);
        Bounds.u32(leaseSeconds, "a lease in seconds");
        Decoding.text(name, Decoding.MAX_NAME, "a point name");
    }

    /** A point in its normal mode that belongs to no area, fire zone or interlock, without lease. */
    public static PointRecord of(
            PointId point,
            PointKind kind,
            Set<AccessMethod> methods,
            CarrierLevel leastLevel,
            PointTimes times,
            String name) {
        return new PointRecord(
                point,
                kind,
                methods,
                leastLevel,
                PointModes.NORMAL,
                PointPlace.NOWHERE,
                FireSafety.NONE,
                OfflinePolicy.BY_LIST,
                0,
                times,
                name);
    }

    public PointRecord with(Set<AccessMethod> others) {
        return new PointRecord(
                point, pointKind, others, leastLevel, modes, place, fire, offline, leaseSeconds, times, name);
    }

    public PointRecord with(PointModes others) {
        return new PointRecord(
                point, pointKind, methods, leastLevel, others, place, fire, offline, leaseSeconds, times, name);
    }

    public PointRecord with(PointPlace other) {
        return new PointRecord(
                point, pointKind, methods, leastLevel, modes, other, fire, offline, leaseSeconds, times, name);
    }

    public PointRecord with(FireSafety other) {
        return new PointRecord(
                point, pointKind, methods, leastLevel, modes, place, other, offline, leaseSeconds, times, name);
    }

    public PointRecord with(OfflinePolicy other, long lease) {
        return new PointRecord(point, pointKind, methods, leastLevel, modes, place, fire, other, lease, times, name);
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
                .u8(modes.standing().code())
                .u8(modes.other().code())
                .u16(modes.otherSchedule())
                .u16(modes.unlockSchedule())
                .u16(place.fromArea())
                .u16(place.toArea())
                .u8(place.interlockGroup())
                .u8(place.mostThreat())
                .u16(fire.zone())
                .u8(fire.contactInput())
                .u8(fire.escapeSide() ? 1 : 0)
                .u8(fire.lock().code())
                .u8(offline.code())
                .u32(leaseSeconds)
                .u32(times.pulse())
                .u32(times.longer())
                .u32(times.heldOpen())
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
                new PointModes(mode(in), mode(in), in.u16(), in.u16()),
                new PointPlace(in.u16(), in.u16(), in.u8(), in.u8()),
                new FireSafety(in.u16(), in.u8(), in.u8() == 1, Coded.require(LockKind.class, in.u8())),
                Coded.require(OfflinePolicy.class, in.u8()),
                in.u32(),
                new PointTimes(in.u32(), in.u32(), in.u32()),
                in.text());
    }

    private static PointMode mode(ByteReader in) {
        return Coded.require(PointMode.class, in.u8());
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
