package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.cardspec.CredentialNumber;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
        List<Right> rights = new ArrayList<>(record.rights());
        List<Carrier> carriers = new ArrayList<>(record.carriers());
        Collections.shuffle(rights, random);
        Collections.shuffle(carriers, random);
        AccessRecord shuffled = new AccessRecord(
                record.credential(),
                record.status(),
                record.validity(),
                record.uses(),
                record.leastCertificate(),
                rights,
                carriers);
        assertArrayEquals(expected, shuffled.canonical());
    }

    private static AccessRecord accessRecord(Random random) {
        Set<Right> rights = new LinkedHashSet<>();
        for (int i = random.nextInt(65); i > 0; i--) {
            rights.add(
                    new Right(new PointId(random.nextInt(0x10000)), random.nextInt(0x10000), random.nextLong() >>> 32));
        }
        Set<Carrier> carriers = new LinkedHashSet<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            byte[] value = new byte[1 + random.nextInt(64)];
            random.nextBytes(value);
            carriers.add(new Carrier(
                    any(CarrierKind.values(), random), any(CarrierLevel.values(), random), Octets.of(value)));
        }
        long from = random.nextLong() >>> 2;
        return new AccessRecord(
                new CredentialNumber(random.nextLong()),
                any(CredentialStatus.values(), random),
                new Validity(from, from + 1 + (random.nextLong() >>> 2)),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                List.copyOf(rights),
                List.copyOf(carriers));
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static byte[] naive(AccessRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(record.credential().value());
        out.writeByte(record.status().ordinal() + 1);
        out.writeLong(record.validity().fromSecond());
        out.writeLong(record.validity().untilSecond());
        out.writeShort(record.uses());
        out.writeShort(record.leastCertificate());
        out.writeByte(record.rights().size());
        for (Right right : record.rights()) {
            out.writeShort(right.point().value());
            out.writeShort(right.schedule());
            out.writeInt((int) right.rule());
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
    void rights_on_the_wire_rise_strictly_or_the_record_is_refused(@ForAll long seed) {
        Random random = new Random(seed);
        AccessRecord record = accessRecord(random);
        int rights = record.rights().size();
        if (rights < 2) {
            return;
        }
        byte[] swapped = record.canonical();
        int at = 30 + 8 * random.nextInt(rights - 1);
        byte[] first = java.util.Arrays.copyOfRange(swapped, at, at + 8);
        System.arraycopy(swapped, at + 8, swapped, at, 8);
        System.arraycopy(first, 0, swapped, at + 8, 8);
        assertThrows(ModelException.class, () -> AccessRecord.decode(swapped));
        byte[] doubled = record.canonical();
        System.arraycopy(doubled, at, doubled, at + 8, 8);
        assertEquals(
                ModelException.Reason.ORDER,
                assertThrows(ModelException.class, () -> AccessRecord.decode(doubled))
                        .reason());
    }

    @Property(tries = 300)
    void point_record_reads_back_with_every_set_of_methods(
            @ForAll Set<AccessMethod> methods,
            @ForAll CarrierLevel level,
            @ForAll PointMode mode,
            @ForAll PointKind kind,
            @ForAll boolean fire,
            @ForAll @IntRange(min = 0) int pulse) {
        PointRecord point =
                new PointRecord(new PointId(7), kind, methods, level, mode, fire, 0xFFFF_FFFFL - pulse, pulse, "一号门");
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
