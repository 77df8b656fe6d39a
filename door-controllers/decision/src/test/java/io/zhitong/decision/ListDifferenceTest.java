package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A policy made out of the one before beside one compiled anew. */
class ListDifferenceTest {

    private static final GroupRecord FIRST = group(1, 1);
    private static final GroupRecord SECOND = group(2, 2);

    private final Random random = new Random(20_261_122);
    private final Map<Long, AccessRecord> records = new HashMap<>();

    private static GroupRecord group(int group, int point) {
        return new GroupRecord(group, List.of(new Right(new PointId(point), Schedule.ALWAYS_ID, 10 + group)));
    }

    private static PolicyLists lists(int number, GroupRecord... groups) {
        return new PolicyLists(new ListVersion(1, number), Long.MAX_VALUE, ZoneOffset.UTC, List.of(groups));
    }

    private MerkleTree tree() {
        return MerkleTree.of(
                ListKind.ACCESS,
                records.values().stream().map(AccessRecord::canonical).toList());
    }

    private AccessRecord record(long number, boolean plate) {
        return new AccessRecord(
                new CredentialNumber(number),
                random.nextInt(50),
                CredentialStatus.values()[random.nextInt(CredentialStatus.values().length)],
                Set.of(),
                random.nextBoolean() ? Validity.ALWAYS : new Validity(5, 4_000_000_000L),
                random.nextInt(9),
                random.nextInt(9),
                List.of(List.of(1), List.of(2), List.of(1, 2), List.<Integer>of())
                        .get(random.nextInt(4)),
                plate ? List.of(carrier(number)) : List.of());
    }

    private static Carrier carrier(long number) {
        return new Carrier(CarrierKind.PLATE, CarrierLevel.COPIED_NUMBER, plate(number));
    }

    private static Octets plate(long number) {
        byte[] text = new byte[4];
        text[3] = (byte) number;
        text[0] = 'B';
        return Octets.of(text);
    }

    private void fill(int count) {
        IntStream.range(0, count).forEach(i -> records.put(3L * i - 40, record(3L * i - 40, i % 5 == 0)));
    }

    private void assertSame(Policy expected, Policy made) {
        assertEquals(expected.version(), made.version());
        for (long number = -60; number < 700; number++) {
            CredentialNumber credential = new CredentialNumber(number);
            Optional<Listed> theirs = expected.listed(credential);
            Optional<Listed> ours = made.listed(credential);
            assertEquals(theirs.map(ListDifferenceTest::facts), ours.map(ListDifferenceTest::facts), "of " + number);
            assertEquals(
                    expected.carried(CarrierKind.PLATE, plate(number).toByteArray()),
                    made.carried(CarrierKind.PLATE, plate(number).toByteArray()));
        }
    }

    private static List<Object> facts(Listed listed) {
        return List.of(
                listed.holder(),
                listed.status(),
                listed.fromSecond(),
                listed.untilSecond(),
                listed.uses(),
                listed.leastCertificate(),
                listed.groups().rightsAt(new PointId(1)),
                listed.groups().rightsAt(new PointId(2)));
    }

    @Test
    void a_hundred_changes_one_after_the_other_come_to_what_compiling_anew_does() {
        fill(200);
        Policy policy = new Policy(lists(1, FIRST, SECOND), tree());
        for (int round = 2; round < 102; round++) {
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                long number = random.nextInt(680) - 50;
                if (random.nextInt(3) == 0) {
                    records.remove(number);
                } else {
                    records.put(number, record(number, random.nextInt(5) == 0));
                }
            }
            policy = policy.next(lists(round, FIRST, SECOND), tree());
        }
        assertSame(new Policy(lists(101, FIRST, SECOND), tree()), policy);
    }

    @Test
    void one_credential_blocked_is_found_as_the_only_difference() {
        fill(200);
        MerkleTree before = tree();
        records.put(-40L, record(-40, true));
        records.remove(-37L);
        ListDifference difference = ListDifference.between(before, tree()).orElseThrow();
        assertEquals(Set.of(-40L, -37L), difference.gone().keySet());
        assertEquals(Set.of(-40L), difference.come().keySet());
        assertTrue(difference.touches(-37) && !difference.touches(-34));
    }

    @Test
    void an_equal_list_is_no_difference() {
        fill(20);
        ListDifference none = ListDifference.between(tree(), tree()).orElseThrow();
        assertEquals(Map.of(), none.gone());
        assertEquals(Map.of(), none.come());
        assertTrue(none.sameCarriers());
    }

    @Test
    void a_plate_that_comes_goes_or_moves_makes_the_carriers_anew() {
        fill(40);
        Policy before = new Policy(lists(1, FIRST), tree());
        MerkleTree old = tree();
        records.put(-37L, record(-37, true));
        assertTrue(!ListDifference.between(old, tree()).orElseThrow().sameCarriers());
        records.put(-40L, record(-40, false));
        assertSame(new Policy(lists(2, FIRST), tree()), before.next(lists(2, FIRST), tree()));
    }

    @Test
    void who_keeps_his_plate_keeps_it_with_other_rights() {
        fill(40);
        MerkleTree old = tree();
        records.put(-40L, record(-40, true));
        assertTrue(ListDifference.between(old, tree()).orElseThrow().sameCarriers());
    }

    @Test
    void other_groups_compile_anew() {
        fill(60);
        Policy before = new Policy(lists(1, FIRST, SECOND), tree());
        GroupRecord other = group(2, 1);
        assertSame(new Policy(lists(2, FIRST, other), tree()), before.next(lists(2, FIRST, other), tree()));
    }

    @Test
    void lists_that_differ_in_very_much_are_compiled_anew() {
        fill(30);
        MerkleTree old = tree();
        IntStream.range(0, 1_200).forEach(i -> records.put(100_000L + i, record(100_000L + i, false)));
        assertTrue(ListDifference.between(old, tree()).isEmpty());
        assertSame(new Policy(lists(2, FIRST), tree()), new Policy(lists(1, FIRST), old).next(lists(2, FIRST), tree()));
    }
}
