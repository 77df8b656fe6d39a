package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CredentialNumber;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Values drawn at random against encoders written a second time with a plain data stream. */
class RecordPropertyTest {

    @Property(tries = 300)
    void access_record_has_the_bytes_of_the_naive_encoder_in_whatever_order_it_is_made(@ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        AccessRecord record = accessRecord(random);
        byte[] expected = naive(record);
        assertArrayEquals(expected, record.canonical());
        assertEquals(record, AccessRecord.decode(expected));
        List<Integer> groups = new ArrayList<>(record.groups());
        List<Carrier> carriers = new ArrayList<>(record.carriers());
        Collections.shuffle(groups, random);
        Collections.shuffle(carriers, random);
        AccessRecord shuffled = new AccessRecord(
                record.credential(),
                record.holder(),
                record.status(),
                record.traits(),
                record.validity(),
                record.uses(),
                record.leastCertificate(),
                groups,
                carriers);
        assertArrayEquals(expected, shuffled.canonical());
    }

    private static AccessRecord accessRecord(Random random) {
        Set<Integer> groups = new LinkedHashSet<>();
        for (int i = random.nextInt(65); i > 0; i--) {
            groups.add(1 + random.nextInt(0xFFFF));
        }
        Set<Carrier> carriers = new LinkedHashSet<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            byte[] value = new byte[1 + random.nextInt(64)];
            random.nextBytes(value);
            carriers.add(new Carrier(
                    any(CarrierKind.values(), random), any(CarrierLevel.values(), random), Octets.of(value)));
        }
        long from = random.nextLong() >>> 33;
        long until = random.nextInt(4) == 0 ? Long.MAX_VALUE : from + 1 + (random.nextLong() >>> 33);
        return new AccessRecord(
                new CredentialNumber(random.nextLong()),
                random.nextLong() >>> 32,
                any(CredentialStatus.values(), random),
                Stream.of(Trait.values()).filter(trait -> random.nextBoolean()).collect(Collectors.toSet()),
                new Validity(from, until),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                List.copyOf(groups),
                List.copyOf(carriers));
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static byte[] naive(AccessRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(record.credential().value());
        out.writeInt((int) record.holder());
        out.writeByte(record.status().ordinal() + 1);
        int bits = 0;
        for (Trait trait : record.traits()) {
            bits += (int) Math.pow(2, trait.ordinal());
        }
        out.writeByte(bits);
        out.writeInt((int) record.validity().fromSecond());
        out.writeInt((int) record.validity().untilSecond()); // the low bits of 2^63-1 are FFFFFFFF
        out.writeShort(record.uses());
        out.writeShort(record.leastCertificate());
        out.writeByte(record.groups().size());
        for (int group : record.groups()) {
            out.writeShort(group);
        }
        out.writeByte(record.carriers().size());
        for (Carrier carrier : record.carriers()) {
            out.writeByte(carrier.kind().ordinal() + 1);
            out.writeByte(carrier.level().ordinal());
            out.writeByte(carrier.value().length());
            out.write(carrier.value().toByteArray());
        }
        return bytes.toByteArray();
    }

    @Property(tries = 200)
    void groups_and_rights_on_the_wire_rise_strictly_or_the_record_is_refused(@ForAll long seed) {
        Random random = new Random(seed);
        AccessRecord record = accessRecord(random);
        assertOrderMatters(record.canonical(), 27, 2, record.groups().size(), AccessRecord::decode, random);
        GroupRecord group = groupRecord(random);
        assertOrderMatters(group.canonical(), 4, 10, group.rights().size(), GroupRecord::decode, random);
    }

    private static void assertOrderMatters(
            byte[] bytes, int first, int width, int count, Function<byte[], ?> decode, Random random) {
        if (count < 2) {
            return;
        }
        int at = first + width * random.nextInt(count - 1);
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, at, swapped, at + width, width);
        System.arraycopy(bytes, at + width, swapped, at, width);
        assertThrows(ModelException.class, () -> decode.apply(swapped));
        byte[] doubled = bytes.clone();
        System.arraycopy(bytes, at, doubled, at + width, width);
        ModelException refused = assertThrows(ModelException.class, () -> decode.apply(doubled));
        assertEquals(ModelException.Reason.ORDER, refused.reason());
    }

    private static GroupRecord groupRecord(Random random) {
        Set<Right> rights = new LinkedHashSet<>();
        for (int i = random.nextInt(200); i > 0; i--) {
            rights.add(new Right(
                    new PointId(random.nextInt(0x10000)),
                    random.nextInt(0x10000),
                    random.nextInt(0x10000),
                    random.nextLong() >>> 32));
        }
        return new GroupRecord(1 + random.nextInt(0xFFFF), List.copyOf(rights));
    }

    @Property(tries = 200)
    void group_has_the_bytes_of_the_naive_encoder_with_its_rights_rising_as_unsigned_bytes(@ForAll long seed)
            throws IOException {
        GroupRecord group = groupRecord(new Random(seed));
        List<byte[]> rights = new ArrayList<>();
        for (Right right : group.rights()) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(one);
            out.writeShort(right.point().value());
            out.writeShort(right.schedule());
            out.writeShort(right.floors());
            out.writeInt((int) right.rule());
            rights.add(one.toByteArray());
        }
        rights.sort(Arrays::compareUnsigned);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        new DataOutputStream(expected).writeShort(group.group());
        new DataOutputStream(expected).writeShort(rights.size());
        rights.forEach(expected::writeBytes);
        assertArrayEquals(expected.toByteArray(), group.canonical());
        assertEquals(group, GroupRecord.decode(group.canonical()));
    }

    @Property(tries = 200)
    void floor_group_opens_at_exactly_the_floors_it_names(
            @ForAll Set<@IntRange(max = 255) Integer> front, @ForAll Set<@IntRange(max = 255) Integer> rear) {
        FloorGroup floors = FloorGroup.of(9, front, rear);
        BigInteger frontBits = new BigInteger(1, floors.front().toByteArray());
        assertEquals(floors, FloorGroup.decode(floors.canonical()));
        for (int floor = 0; floor < 256; floor++) {
            assertEquals(front.contains(floor), floors.frontOpens(floor));
            assertEquals(front.contains(floor), frontBits.testBit(floor));
            assertEquals(rear.contains(floor), floors.rearOpens(floor));
        }
    }

    @Property(tries = 300)
    void point_record_reads_back_with_every_set_of_methods(
            @ForAll Set<AccessMethod> methods,
            @ForAll CarrierLevel level,
            @ForAll PointMode mode,
            @ForAll PointKind kind,
            @ForAll boolean fire,
            @ForAll @IntRange(min = 0) int pulse) {
        int u16 = pulse & 0xFFFF;
        int u8 = pulse >> 8 & 0xFF;
        PointTimes times = new PointTimes(0xFFFF_FFFFL - pulse, pulse, pulse >> 1);
        PointRecord point = PointRecord.of(new PointId(7), kind, methods, level, times, "一号门")
                .with(new PointModes(mode, PointMode.LOCKED, u16, 0xFFFF - u16))
                .with(new PointPlace(u16, 0xFFFF - u16, u8, 255 - u8))
                .with(new FireSafety(u16, u8, fire, fire ? LockKind.FAIL_SAFE : LockKind.FAIL_SECURE))
                .with(OfflinePolicy.values()[u8 % 5], pulse);
        PointRecord read = PointRecord.decode(point.canonical());
        assertEquals(point, read);
        int bits = (point.canonical()[3] & 0xFF) << 8 | point.canonical()[4] & 0xFF;
        Set<AccessMethod> named = EnumSet.noneOf(AccessMethod.class);
        for (AccessMethod method : AccessMethod.values()) {
            if ((bits & (int) Math.pow(2, method.code())) != 0) {
                named.add(method);
            }
        }
        assertEquals(methods, named);
    }

    @Property(tries = 300)
    void access_event_of_any_content_reads_back(@ForAll long seed) {
        Random random = new Random(seed);
        DenyReason reason = any(DenyReason.values(), random);
        List<Long> rules =
                random.longs(random.nextInt(256), 0, 1L << 32).boxed().toList();
        AccessEvent event = new AccessEvent(
                reason == DenyReason.NONE ? Outcome.GRANTED : Outcome.DENIED,
                reason,
                random.nextBoolean() ? Optional.empty() : Optional.of(new CredentialNumber(random.nextLong() | 1)),
                any(AccessMethod.values(), random),
                any(CarrierLevel.values(), random),
                new ListVersion(random.nextLong() >>> 32, random.nextLong() >>> 1),
                rules,
                Octets.zeros(random.nextInt(1025)));
        assertEquals(event, AccessEvent.decode(event.encode()));
        assertEquals(27 + 4 * rules.size() + 2 + event.evidence().length(), event.encode().length);
    }

    /** The week as a field of 8 × 1440 bits (holidays are the eighth day). */
    @Property(tries = 150)
    void schedule_holds_exactly_in_the_painted_minutes(@ForAll long seed) {
        Random random = new Random(seed);
        BitSet painted = new BitSet();
        Set<Schedule.Window> windows = new LinkedHashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int from = random.nextInt(1440);
            Schedule.Window window =
                    new Schedule.Window(1 + random.nextInt(255), from, from + 1 + random.nextInt(1440 - from));
            windows.add(window);
            for (int day = 0; day < 8; day++) {
                if ((window.days() >> day & 1) == 1) {
                    painted.set(day * 1440 + window.fromMinute(), day * 1440 + window.toMinute());
                }
            }
        }
        Schedule schedule = new Schedule(9, List.copyOf(windows));
        assertEquals(schedule, Schedule.decode(schedule.canonical()));
        LocalDateTime monday = LocalDateTime.of(2026, 11, 16, 0, 0);
        for (int probe = 0; probe < 400; probe++) {
            int minute = random.nextInt(7 * 1440);
            LocalDateTime local = monday.plus(minute, ChronoUnit.MINUTES).plusSeconds(random.nextInt(60));
            assertEquals(painted.get(minute), schedule.holds(local, false));
            assertEquals(painted.get(7 * 1440 + minute % 1440), schedule.holds(local, true));
        }
    }

    @Property(tries = 300)
    void versions_order_by_epoch_first_and_by_number_within(
            @ForAll @IntRange(max = 3) int epochA,
            @ForAll @IntRange(max = 3) int numberA,
            @ForAll @IntRange(max = 3) int epochB,
            @ForAll @IntRange(max = 3) int numberB) {
        int naive = Integer.compare(epochA * 10 + numberA, epochB * 10 + numberB);
        assertEquals(
                naive, Integer.signum(new ListVersion(epochA, numberA).compareTo(new ListVersion(epochB, numberB))));
    }
}
