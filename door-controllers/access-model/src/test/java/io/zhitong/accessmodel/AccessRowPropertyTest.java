package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The cursor over bytes beside the record: it takes and refuses the same bytes and reads the same values. */
class AccessRowPropertyTest {

    static AccessRecord record(Random random) {
        long from = random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 34;
        long until = random.nextBoolean() ? Long.MAX_VALUE : from + 1 + (random.nextLong() >>> 34);
        return new AccessRecord(
                new CredentialNumber(random.nextLong()),
                random.nextLong() >>> 32,
                CredentialStatus.values()[random.nextInt(4)],
                random.nextBoolean() ? Set.of() : EnumSet.of(Trait.values()[random.nextInt(6)]),
                new Validity(from, until),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                random.ints(random.nextInt(5), 1, 0x10000).distinct().boxed().toList(),
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> carrier(random))
                        .distinct()
                        .toList());
    }

    private static Carrier carrier(Random random) {
        byte[] value = new byte[1 + random.nextInt(3)];
        value[0] = (byte) random.nextInt(2);
        return new Carrier(
                CarrierKind.values()[random.nextInt(2)], CarrierLevel.values()[random.nextInt(2)], Octets.of(value));
    }

    @Property(tries = 500)
    void cursor_reads_what_the_record_says_wherever_it_lies(@ForAll long seed) {
        Random random = new Random(seed);
        AccessRecord record = record(random);
        byte[] bytes = record.canonical();
        int before = random.nextInt(20);
        byte[] within = new byte[before + bytes.length + random.nextInt(20)];
        random.nextBytes(within);
        System.arraycopy(bytes, 0, within, before, bytes.length);
        assertTrue(AccessRow.canonical(within, before, before + bytes.length));
        AccessRow row = new AccessRow().on(within, before);
        assertEquals(record.credential().value(), row.credential());
        assertEquals(record.holder(), Integer.toUnsignedLong(row.holder()));
        assertEquals(record.status().code(), row.status());
        assertEquals(record.traits().stream().mapToInt(Trait::bit).sum(), row.traits());
        assertEquals((int) record.validity().fromSecond(), row.from());
        assertEquals((int) record.validity().untilSecond(), row.until());
        assertEquals(record.uses(), row.uses());
        assertEquals(record.leastCertificate(), row.leastCertificate());
        assertEquals(
                record.groups(),
                IntStream.range(0, row.groups()).mapToObj(row::group).toList());
        assertEquals(record.carriers().size(), row.carriers());
        if (row.carriers() > 0) {
            assertEquals(record.carriers().get(0).kind().code(), row.u8(row.carriersAt()));
        }
    }

    @Property(tries = 3_000)
    void cursor_takes_damaged_bytes_exactly_when_the_record_does(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = record(random).canonical();
        for (int round = 0; round < 40; round++) {
            byte[] changed = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
                default -> bytes.clone();
            };
            for (int i = random.nextInt(3); i > 0 && changed.length > 0; i--) {
                int at = random.nextInt(4) == 0 || changed.length < 13
                        ? random.nextInt(changed.length)
                        : 12 + random.nextInt(changed.length - 12);
                changed[at] = (byte) (random.nextBoolean() ? random.nextInt(10) : random.nextInt());
            }
            assertEquals(decodes(changed), AccessRow.canonical(changed, 0, changed.length), () -> Hex.of(changed));
        }
    }

    private static boolean decodes(byte[] bytes) {
        try {
            AccessRecord.decode(bytes);
            return true;
        } catch (ModelException refused) {
            return false;
        }
    }

    @Example
    void bytes_that_both_take_and_bytes_that_both_refuse_are_met() {
        byte[] good = Layouts.ACCESS_RECORD.frame();
        assertTrue(AccessRow.canonical(good, 0, good.length));
        byte[] lastSecond = good.clone();
        Arrays.fill(lastSecond, 14, 18, (byte) 0xFF);
        assertFalse(AccessRow.canonical(lastSecond, 0, good.length));
        Arrays.fill(lastSecond, 18, 22, (byte) 0xFF);
        assertTrue(AccessRow.canonical(lastSecond, 0, good.length), "from the last second on, without end");
        assertTrue(decodes(lastSecond));
        assertFalse(AccessRow.canonical(good, 0, good.length - 1));
        assertFalse(AccessRow.canonical(new byte[27], 0, 27));
        assertFalse(AccessRow.canonical(new byte[705], 0, 705));
        assertEquals(List.of(1, 9), AccessRecord.decode(good).groups());
    }
}
