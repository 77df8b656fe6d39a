package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a device decided by besides its lists (判定时的现场情形): with the lists of that time the decision can be made again.
 *
 * <p>Bytes: ordered mode 1 (FF = none) ‖ flags 1 (bit 0 first person came, 1 duress, 2 the point's fire zone burns, 3 the holder's place
 * is known, 4 the plate was all that was shown) ‖ wrong tries 1 ‖ threat level 1 ‖ open point of the interlock 2 (0 = none) ‖ holder's area 2 ‖ since 4 ‖ age 4 ‖ count of the
 * area entered 4 ‖ silence 4 ‖ passes 2 ‖ methods proved 2 ‖ methods wrong 2 ‖ certificate 2 (FFFF = none) ‖ floor 2 (FFFF = none, rear 256
 * more) ‖ temperature 2 in tenths (FFFF = none) ‖ companion 8 (0 = none) ‖ plate length 2 ‖ plate. Source: our profile, docs/events.md.
 *
 * @param place of the holder
 * @param seen what came along with the credential
 */
public record Circumstances(
        Optional<PointMode> ordered,
        int wrongTries,
        int threat,
        boolean first,
        boolean fire,
        int openPoint,
        Place place,
        long silence,
        int passes,
        Seen seen) {

    private static final int NO_MODE = 0xFF;
    private static final int NOTHING = 0xFFFF;
    private static final int MAX_PLATE = 32;

    /**
     * @param area where the holder is known to be, {@link #NOWHERE} = nothing known
     * @param since Unix second, u32
     * @param age of that knowledge in seconds, u32
     * @param count of the area entered
     */
    public record Place(int area, long since, long age, long count) {
        public static final int NOWHERE = -1;

        public Place {
            Bounds.range(area, NOWHERE, 0xFFFF, "an area u16 or none");
            Bounds.u32(since, "a time of passage");
            Bounds.u32(age, "an age");
            Bounds.u32(count, "a count");
        }
    }

    /**
     * @param certificate {@link #NONE} = none, else u16 below FFFF; floor and tenths of a degree likewise
     * @param floor index, of the rear door 256 more
     * @param plateAlone whether nothing but the plate was shown
     */
    public record Seen(
            Set<AccessMethod> proved,
            Set<AccessMethod> wrong,
            boolean duress,
            int certificate,
            int floor,
            int tenths,
            Optional<CredentialNumber> companion,
            String plate,
            boolean plateAlone) {
        public static final int NONE = -1;

        public Seen {
            proved = Set.copyOf(proved);
            wrong = Set.copyOf(wrong);
            Bounds.range(certificate, NONE, NOTHING - 1L, "a certificate number or none");
            Bounds.range(floor, NONE, 511, "a floor index from 0 to 511 or none");
            Bounds.range(tenths, NONE, NOTHING - 1L, "a temperature or none");
            Decoding.text(plate, MAX_PLATE, "a plate");
        }
    }

    public Circumstances {
        Bounds.u8(wrongTries, "wrong tries");
        Bounds.u8(threat, "a threat level");
        Bounds.u16(openPoint, "a point");
        Bounds.u32(silence, "a silence");
        Bounds.u16(passes, "passes");
    }

    void write(ByteWriter out) {
        boolean known = place.area() != Place.NOWHERE;
        out.u8(ordered.map(PointMode::code).orElse(NO_MODE))
                .u8(bit(first, 0) | bit(seen.duress(), 1) | bit(fire, 2) | bit(known, 3) | bit(seen.plateAlone(), 4))
                .u8(wrongTries)
                .u8(threat)
                .u16(openPoint)
                .u16(Math.max(0, place.area()))
                .u32(place.since())
                .u32(place.age())
                .u32(place.count())
                .u32(silence)
                .u16(passes)
                .u16(bits(seen.proved()))
                .u16(bits(seen.wrong()))
                .u16(seen.certificate() & NOTHING)
                .u16(seen.floor() & NOTHING)
                .u16(seen.tenths() & NOTHING)
                .u64(seen.companion().map(CredentialNumber::value).orElse(0L))
                .text(seen.plate());
    }

    static Circumstances read(ByteReader in) {
        int mode = in.u8();
        int flags = in.u8();
        ModelException.require(flags >> 5 == 0, ModelException.Reason.RANGE, "flags of five bits");
        int wrongTries = in.u8();
        int threat = in.u8();
        int openPoint = in.u16();
        Place place = place(in, flags);
        return new Circumstances(
                mode == NO_MODE ? Optional.empty() : Optional.of(Coded.require(PointMode.class, mode)),
                wrongTries,
                threat,
                set(flags, 0),
                set(flags, 2),
                openPoint,
                place,
                in.u32(),
                in.u16(),
                seen(in, set(flags, 1), set(flags, 4)));
    }

    private static Place place(ByteReader in, int flags) {
        int area = in.u16();
        boolean known = set(flags, 3);
        ModelException.require(known || area == 0, ModelException.Reason.RANGE, "no area where none is known");
        return new Place(known ? area : Place.NOWHERE, in.u32(), in.u32(), in.u32());
    }

    private static Seen seen(ByteReader in, boolean duress, boolean plateAlone) {
        return new Seen(
                methods(in.u16()),
                methods(in.u16()),
                duress,
                orNone(in.u16()),
                orNone(in.u16()),
                orNone(in.u16()),
                companion(in.u64()),
                in.text(),
                plateAlone);
    }

    private static Optional<CredentialNumber> companion(long number) {
        return number == 0 ? Optional.empty() : Optional.of(new CredentialNumber(number));
    }

    private static int orNone(int value) {
        return value == NOTHING ? Seen.NONE : value;
    }

    private static int bit(boolean on, int at) {
        return on ? 1 << at : 0;
    }

    private static boolean set(int flags, int at) {
        return (flags >> at & 1) == 1;
    }

    private static int bits(Set<AccessMethod> methods) {
        return methods.stream().mapToInt(method -> 1 << method.code()).sum();
    }

    private static Set<AccessMethod> methods(int bits) {
        Set<AccessMethod> methods = EnumSet.noneOf(AccessMethod.class);
        for (AccessMethod method : AccessMethod.values()) {
            if (set(bits, method.code())) {
                methods.add(method);
            }
        }
        ModelException.require(bits(methods) == bits, ModelException.Reason.UNKNOWN_CODE, "known access methods");
        return methods;
    }
}
