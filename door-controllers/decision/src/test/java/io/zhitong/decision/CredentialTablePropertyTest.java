package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The columns beside plain maps of the records they were made from. */
class CredentialTablePropertyTest {

    private static final PointId GATE = new PointId(1);

    private static Policy policy(Collection<AccessRecord> records, GroupRecord... groups) {
        List<io.zhitong.accessmodel.ListRecord> all = new ArrayList<>(records);
        all.addAll(List.of(groups));
        return new Policy(new PolicyLists(new ListVersion(1, 1), Long.MAX_VALUE, ZoneOffset.UTC, all));
    }

    private static Map<CredentialNumber, AccessRecord> drawn(Random random, int count) {
        Map<CredentialNumber, AccessRecord> records = new HashMap<>();
        for (int i = 0; i < count; i++) {
            CredentialNumber number =
                    new CredentialNumber(random.nextBoolean() ? random.nextInt(300) - 150 : random.nextLong());
            records.put(number, record(number, random));
        }
        return records;
    }

    private static AccessRecord record(CredentialNumber number, Random random) {
        long from = random.nextLong() >>> 33;
        return new AccessRecord(
                number,
                random.nextLong() >>> 32,
                CredentialStatus.values()[random.nextInt(4)],
                random.nextBoolean() ? EnumSet.allOf(Trait.class) : EnumSet.of(Trait.values()[random.nextInt(6)]),
                new Validity(from, random.nextBoolean() ? Long.MAX_VALUE : from + 1 + (random.nextLong() >>> 33)),
                random.nextInt(0x10000),
                random.nextInt(0x10000),
                random.ints(random.nextInt(4), 1, 6).distinct().boxed().toList(),
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> carrier(number, random))
                        .distinct()
                        .toList());
    }

    private static Carrier carrier(CredentialNumber number, Random random) {
        byte[] value = new byte[1 + random.nextInt(2)];
        random.nextBytes(value);
        CarrierKind kind = CarrierKind.values()[random.nextInt(3)];
        return new Carrier(
                kind,
                CarrierLevel.values()[random.nextInt(5)],
                random.nextInt(5) == 0 ? Octets.of(number.bytes()) : Octets.of(value));
    }

    @Property(tries = 300)
    void table_says_of_every_credential_what_its_record_says_and_nothing_of_others(
            @ForAll @IntRange(max = 200) int count, @ForAll long seed) {
        Random random = new Random(seed);
        Map<CredentialNumber, AccessRecord> records = drawn(random, count);
        Policy policy = policy(records.values());
        records.forEach((number, record) -> assertSays(record, policy.listed(number)));
        for (int i = 0; i < 50; i++) {
            CredentialNumber other = new CredentialNumber(random.nextInt(400) - 200);
            assertEquals(records.containsKey(other), policy.listed(other).isPresent());
        }
    }

    private static void assertSays(AccessRecord record, Optional<Listed> listed) {
        Listed says = listed.orElseThrow();
        assertEquals(record.credential(), says.credential());
        assertEquals(record.holder(), says.holder());
        assertEquals(record.status(), says.status());
        for (Trait trait : Trait.values()) {
            assertEquals(record.traits().contains(trait), says.has(trait));
        }
        assertEquals(record.validity(), new Validity(says.fromSecond(), says.untilSecond()));
        assertEquals(record.uses(), says.uses());
        assertEquals(record.leastCertificate(), says.leastCertificate());
        assertEquals(record.groups().size(), says.groups().size());
    }

    @Property(tries = 300)
    void carrier_leads_to_its_credential_and_of_two_to_the_lower_one(
            @ForAll @IntRange(max = 120) int count, @ForAll long seed) {
        Random random = new Random(seed);
        List<AccessRecord> records = drawn(random, count).values().stream()
                .sorted(Comparator.comparing(
                        AccessRecord::credential, (a, b) -> Long.compareUnsigned(a.value(), b.value())))
                .toList();
        Policy policy = policy(records);
        for (CarrierKind kind : CarrierKind.values()) {
            for (int i = 0; i < 40; i++) {
                byte[] value = new byte[1 + random.nextInt(2)];
                random.nextBytes(value);
                assertEquals(naive(records, kind, value), policy.carried(kind, value));
            }
        }
        records.forEach(record -> record.carriers().forEach(carrier -> {
            byte[] value = carrier.value().toByteArray();
            assertEquals(naive(records, carrier.kind(), value), policy.carried(carrier.kind(), value));
        }));
    }

    /** A card that bears its own credential's number needs no index; everything else is found by going through all. */
    private static Optional<Carried> naive(List<AccessRecord> rising, CarrierKind kind, byte[] value) {
        return rising.stream()
                .flatMap(record -> record.carriers().stream()
                        .filter(carrier -> carrier.kind() == kind)
                        .filter(carrier -> Arrays.equals(carrier.value().toByteArray(), value))
                        .filter(carrier -> kind != CarrierKind.CARD
                                || !Arrays.equals(record.credential().bytes(), value))
                        .map(carrier -> new Carried(record.credential(), carrier.level())))
                .findFirst();
    }

    @Example
    void credentials_with_the_same_groups_share_one_set_and_a_missing_group_gives_nothing() {
        GroupRecord known = new GroupRecord(3, List.of(new Right(GATE, 5, 9, 77)));
        AccessRecord one = AccessRecord.of(new CredentialNumber(1), Validity.ALWAYS, List.of(3, 4));
        AccessRecord two = AccessRecord.of(new CredentialNumber(2), Validity.ALWAYS, List.of(4, 3));
        AccessRecord three = AccessRecord.of(new CredentialNumber(3), Validity.ALWAYS, List.of(4));
        Policy policy = policy(List.of(one, two, three), known);
        GroupSet set = policy.listed(one.credential()).orElseThrow().groups();
        assertSame(set, policy.listed(two.credential()).orElseThrow().groups());
        assertEquals(List.of(new Right(GATE, 5, 9, 77)), set.rightsAt(GATE));
        assertEquals(List.of(), set.rightsAt(new PointId(2)));
        assertEquals(
                List.of(),
                policy.listed(three.credential()).orElseThrow().groups().rightsAt(GATE));
    }

    @Property(tries = 200)
    void rights_at_a_point_are_found_in_a_group_of_many(@ForAll long seed) {
        Random random = new Random(seed);
        Set<Right> rights = new java.util.HashSet<>();
        for (int i = random.nextInt(300); i > 0; i--) {
            rights.add(new Right(
                    new PointId(random.nextInt(4) == 0 ? 65_535 : random.nextInt(12)),
                    random.nextInt(0x10000),
                    random.nextInt(0x10000),
                    random.nextLong() >>> 32));
        }
        GroupRecord group = new GroupRecord(1, List.copyOf(rights));
        GroupSet set = new GroupSet(new GroupRights[] {GroupRights.of(group)});
        for (int point : new int[] {0, 1, 5, 11, 12, 65_534, 65_535}) {
            PointId id = new PointId(point);
            assertEquals(
                    rights.stream()
                            .filter(right -> right.point().equals(id))
                            .sorted()
                            .toList(),
                    set.rightsAt(id));
        }
    }

    @Example
    void card_that_bears_its_own_number_is_not_in_the_index() {
        CredentialNumber number = new CredentialNumber(7);
        Octets own = Octets.of(number.bytes());
        AccessRecord record = new AccessRecord(
                number,
                1,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                1,
                0,
                List.of(),
                List.of(
                        new Carrier(CarrierKind.CARD, CarrierLevel.SEALED_CARD, own),
                        new Carrier(CarrierKind.LEGACY_NUMBER, CarrierLevel.COPIED_NUMBER, own)));
        Policy policy = policy(List.of(record));
        assertTrue(policy.carried(CarrierKind.CARD, number.bytes()).isEmpty());
        assertEquals(
                Optional.of(new Carried(number, CarrierLevel.COPIED_NUMBER)),
                policy.carried(CarrierKind.LEGACY_NUMBER, number.bytes()));
    }
}
