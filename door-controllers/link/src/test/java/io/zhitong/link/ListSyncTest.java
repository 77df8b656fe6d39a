package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ListOffer;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** A device that fetches lists from a backend in the same thread: honest, forgetful or lying. */
class ListSyncTest {

    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());

    private final Deque<FromDevice> questions = new ArrayDeque<>();
    private Optional<SignedList> served = Optional.empty();
    private MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private ListSync sync = connect();
    private ListServing serving = new ListServing(kind -> served);
    private int bytes;
    private int exchanges;

    /** The instance serves all tries of a property. */
    @BeforeTry
    void beginAnew() {
        questions.clear();
        device = new MemoryDevice(Estate.DOOR);
        sync = connect();
        serving = new ListServing(kind -> served);
        bytes = 0;
        exchanges = 0;
    }

    private ListSync connect() {
        return new ListSync(
                new ListGate(Estate.DOOR.community(), Estate.DOOR.device(), POLICY.publicKey()),
                device,
                questions::add);
    }

    private static SignedList list(long version, Map<Long, CredentialStatus> numbers) {
        return list(version, numbers, 1);
    }

    private static SignedList list(long version, Map<Long, CredentialStatus> numbers, long madeSecond) {
        return SignedList.sign(
                new ListTarget(
                        Estate.DOOR.community(),
                        Estate.DOOR.device(),
                        ListKind.BLACKLIST,
                        new ListVersion(1, version),
                        madeSecond),
                numbers.entrySet().stream()
                        .map(e -> new BlacklistRecord(new CredentialNumber(e.getKey()), e.getValue()))
                        .toList(),
                POLICY.publicKey(),
                message -> Sm2.sign(POLICY, message, RandomSource.secure()));
    }

    private static Map<Long, CredentialStatus> numbers(int count) {
        Map<Long, CredentialStatus> numbers = new HashMap<>();
        for (long i = 1; i <= count; i++) {
            numbers.put(i, CredentialStatus.LOST);
        }
        return numbers;
    }

    private FromBackend answer(FromDevice question) {
        FromBackend.Builder answer = FromBackend.newBuilder();
        switch (question.getMessageCase()) {
            case LIST -> answer.setList(serving.part(question.getList()));
            case TREE -> answer.setTree(serving.part(question.getTree()));
            case BUCKETS -> answer.setBuckets(serving.part(question.getBuckets()));
            default -> throw new AssertionError("no question about a list: " + question.getMessageCase());
        }
        return answer.build();
    }

    private void fetch(SignedList list) {
        served = Optional.of(list);
        sync.offered(list.header().encode());
        while (!questions.isEmpty()) {
            FromDevice question = questions.remove();
            FromBackend answer = answer(question);
            bytes += question.getSerializedSize() + answer.getSerializedSize();
            exchanges++;
            assertTrue(answer.getSerializedSize() <= 16_384);
            sync.answered(answer);
        }
    }

    @Property(tries = 25)
    void device_ends_with_exactly_the_offered_list_whatever_it_held(
            @ForAll @IntRange(max = 400) int first, @ForAll @IntRange(max = 60) int changes, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, CredentialStatus> numbers = numbers(first);
        SignedList before = list(1, numbers);
        fetch(before);
        for (int i = 0; i < changes; i++) {
            long number = 1 + random.nextInt(first + 50);
            if (random.nextBoolean()) {
                numbers.remove(number);
            } else {
                numbers.put(number, CredentialStatus.BLOCKED);
            }
        }
        SignedList after = list(2, numbers);
        fetch(after);
        SignedList held = device.held(ListKind.BLACKLIST).orElseThrow();
        assertEquals(after.header(), held.header());
        assertEquals(after.records(), held.records());
        assertTrue(device.refusals.isEmpty());
    }

    /** link.md: four levels and the bucket, about 3 KB for one change. */
    @Example
    void one_change_in_ten_thousand_moves_five_answers_and_less_than_four_kilobytes() {
        Map<Long, CredentialStatus> numbers = numbers(10_000);
        device.held.put(ListKind.BLACKLIST, list(1, numbers));
        numbers.put(777L, CredentialStatus.CANCELLED);
        fetch(list(2, numbers));
        assertEquals(5, exchanges);
        assertTrue(bytes < 4_000, bytes + " bytes");
        assertEquals(
                2,
                device.held(ListKind.BLACKLIST).orElseThrow().header().version().number());
    }

    /** Two groups with a right at each of 1,024 points take 20 KB; the numbers are chosen so that they share a bucket. */
    @Example
    void two_groups_of_the_largest_size_in_one_bucket_reach_the_device_all_the_same() {
        List<GroupRecord> groups = new ArrayList<>();
        Map<Integer, Integer> byBucket = new HashMap<>();
        for (int id = 1; groups.size() < 2; id++) {
            Integer first = byBucket.put(
                    MerkleTree.bucketOf(ListKind.GROUPS, group(id, 0).canonical()), id);
            if (first != null) {
                groups.add(group(first, 1_024));
                groups.add(group(id, 1_024));
            }
        }
        for (int id = 60_000; groups.size() < 100; id++) {
            groups.add(group(id, 1));
        }
        fetch(groups(1, groups));
        groups.set(0, group(groups.get(0).group(), 1_023));
        SignedList after = groups(2, groups);
        fetch(after);
        assertEquals(after.records(), device.held(ListKind.GROUPS).orElseThrow().records());
    }

    private static GroupRecord group(int id, int rights) {
        return new GroupRecord(
                id,
                IntStream.rangeClosed(1, rights)
                        .mapToObj(point -> new Right(new PointId(point), 0, 7))
                        .toList());
    }

    private static SignedList groups(long version, List<GroupRecord> groups) {
        return SignedList.sign(
                new ListTarget(
                        Estate.DOOR.community(), Estate.DOOR.device(), ListKind.GROUPS, new ListVersion(1, version), 1),
                groups,
                POLICY.publicKey(),
                message -> Sm2.sign(POLICY, message, RandomSource.secure()));
    }

    @Example
    void newer_version_of_the_same_records_needs_one_exchange_only() {
        device.held.put(ListKind.BLACKLIST, list(1, numbers(500)));
        fetch(list(2, numbers(500)));
        assertEquals(1, exchanges);
        assertEquals(
                2,
                device.held(ListKind.BLACKLIST).orElseThrow().header().version().number());
    }

    @Example
    void list_that_is_held_already_is_not_asked_for_again() {
        SignedList list = list(1, numbers(3));
        fetch(list);
        exchanges = 0;
        fetch(list);
        assertEquals(0, exchanges);
        assertTrue(device.refusals.isEmpty());
    }

    @Example
    void list_offered_again_while_it_is_fetched_is_installed_once() {
        SignedList list = list(1, numbers(200));
        served = Optional.of(list);
        sync.offered(list.header().encode());
        sync.offered(list.header().encode());
        while (!questions.isEmpty()) {
            sync.answered(answer(questions.remove()));
        }
        assertEquals(1, device.installed.size());
        assertHolds(list);
    }

    /** Versions count on from a backup: the same change gives the same records under the same version. */
    @Example
    void list_a_restored_backend_signed_again_with_another_date_is_neither_asked_for_nor_refused() {
        fetch(list(7, numbers(3)));
        SignedList again = list(7, numbers(3), 999);
        sync.offered(again.header().encode());
        assertTrue(questions.isEmpty());
        assertTrue(device.refusals.isEmpty());
        assertEquals(1, device.held(ListKind.BLACKLIST).orElseThrow().header().madeSecond());
    }

    @Example
    void other_records_under_a_version_that_is_held_are_refused() {
        fetch(list(7, numbers(3)));
        sync.offered(list(7, numbers(4)).header().encode());
        assertEquals(List.of(ListRefusal.VERSION_NOT_HIGHER), device.refusals);
    }

    /** Any bit of any answer turned over: the device installs the signed list or none, never another. */
    @Property(tries = 60)
    void backend_that_lies_in_one_bit_never_gets_another_list_installed(
            @ForAll @IntRange(min = 1, max = 200) int count, @ForAll boolean difference, @ForAll long seed)
            throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        SignedList target = list(2, numbers(count));
        if (difference) {
            Map<Long, CredentialStatus> old = numbers(count);
            old.put(1L, CredentialStatus.BLOCKED);
            old.put(5_000L, CredentialStatus.BLOCKED);
            device.held.put(ListKind.BLACKLIST, list(1, old));
        }
        served = Optional.of(target);
        sync.offered(target.header().encode());
        int lieAt = random.nextInt(5);
        for (int step = 0; !questions.isEmpty() && step < 50; step++) {
            FromDevice question = questions.remove();
            if (question.hasRefused()) {
                continue;
            }
            byte[] honest = answer(question).toByteArray();
            if (step == lieAt) {
                honest[random.nextInt(honest.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                sync.answered(FromBackend.parseFrom(honest));
            } catch (InvalidProtocolBufferException | LinkException refused) {
                break;
            }
        }
        device.held(ListKind.BLACKLIST)
                .filter(list -> list.header().version().number() == 2)
                .ifPresent(list -> assertEquals(target.records(), list.records()));
    }

    @Example
    void answer_nobody_asked_for_and_answer_to_another_question_are_out_of_turn() {
        served = Optional.of(list(1, numbers(3)));
        FromBackend part = answer(new FullFetch(served.get().header()).question());
        assertEquals(LinkFault.OUT_OF_TURN, fault(part));
        sync.offered(served.get().header().encode());
        FromBackend tree = answer(new DifferenceFetch(served.get().header(), served.get()).question());
        assertEquals(LinkFault.OUT_OF_TURN, fault(tree));
        FromBackend.Builder later = part.toBuilder();
        later.getListBuilder().setFrom(1);
        assertEquals(LinkFault.OUT_OF_TURN, fault(later.build()));
        FromBackend.Builder more = part.toBuilder();
        more.getListBuilder().addRecord(part.getList().getRecord(0));
        assertEquals(LinkFault.MALFORMED, fault(more.build()));
        FromBackend.Builder none = part.toBuilder();
        none.getListBuilder().clearRecord();
        assertEquals(LinkFault.MALFORMED, fault(none.build()));
        assertFalse(device.held(ListKind.BLACKLIST).isPresent());
    }

    private LinkFault fault(FromBackend answer) {
        return assertThrows(LinkException.class, () -> sync.answered(answer)).fault();
    }

    @Example
    void backend_without_the_offered_version_says_so_and_the_next_offer_is_fetched() {
        SignedList old = list(1, numbers(3));
        served = Optional.of(old);
        sync.offered(old.header().encode());
        FromDevice question = questions.remove();
        served = Optional.of(list(2, numbers(4)));
        LinkException gone = assertThrows(LinkException.class, () -> answer(question));
        assertEquals(LinkFault.NO_SUCH_LIST, gone.fault());
        sync.gone();
        assertTrue(questions.isEmpty());
        fetch(served.get());
        assertEquals(
                2,
                device.held(ListKind.BLACKLIST).orElseThrow().header().version().number());
    }

    private ListOffer offer(SignedList before, SignedList after) {
        ListOffer.Builder offer = ListOffer.newBuilder()
                .setHeader(ByteString.copyFrom(after.header().encode()));
        return ListChange.between(before.tree(), after.tree())
                .map(change -> change.in(offer))
                .orElse(offer)
                .build();
    }

    private void assertHolds(SignedList list) {
        SignedList held = device.held(ListKind.BLACKLIST).orElseThrow();
        assertEquals(list.header(), held.header());
        assertEquals(list.records(), held.records());
        assertTrue(device.refusals.isEmpty());
    }

    @Property(tries = 25)
    void change_that_comes_along_is_installed_without_a_question(
            @ForAll @IntRange(max = 400) int first, @ForAll @IntRange(max = 30) int changes, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Long, CredentialStatus> numbers = numbers(first);
        SignedList before = list(1, numbers);
        device.held.put(ListKind.BLACKLIST, before);
        for (int i = 0; i < changes; i++) {
            long number = 1 + random.nextInt(first + 50);
            if (numbers.remove(number) == null) {
                numbers.put(number, CredentialStatus.BLOCKED);
            }
        }
        SignedList after = list(2, numbers);
        sync.offered(offer(before, after));
        assertTrue(questions.isEmpty());
        assertHolds(after);
    }

    @Example
    void change_from_a_list_that_is_not_held_is_passed_over_and_what_differs_is_asked_for() {
        SignedList held = list(1, numbers(300));
        device.held.put(ListKind.BLACKLIST, held);
        SignedList after = list(3, numbers(302));
        sync.offered(offer(list(2, numbers(301)), after));
        assertTrue(questions.peek().hasTree());
        fetch(after);
        assertHolds(after);
    }

    @Example
    void change_that_does_not_lead_to_the_signed_root_is_passed_over_and_what_differs_is_asked_for() {
        SignedList before = list(1, numbers(300));
        SignedList after = list(2, numbers(301));
        for (ListOffer lying : new ListOffer[] {
            offer(before, list(2, numbers(302))).toBuilder()
                    .setHeader(offer(before, after).getHeader())
                    .build(),
            offer(before, after).toBuilder().clearBucket().build(),
            offer(before, after).toBuilder()
                    .addBucket(io.zhitong.link.proto.Bucket.newBuilder().setNumber(70_000))
                    .build(),
            offer(before, after).toBuilder()
                    .addBucket(io.zhitong.link.proto.Bucket.newBuilder()
                            .setNumber(5)
                            .addRecord(ByteString.copyFrom(new byte[3])))
                    .build()
        }) {
            device.held.put(ListKind.BLACKLIST, before);
            questions.clear();
            sync = connect();
            sync.offered(lying);
            assertEquals(
                    before.header(),
                    device.held(ListKind.BLACKLIST).orElseThrow().header());
            assertTrue(questions.peek().hasTree());
            served = Optional.of(after);
            while (!questions.isEmpty()) {
                sync.answered(answer(questions.remove()));
            }
            assertHolds(after);
        }
    }

    @Example
    void changes_that_follow_while_a_list_is_fetched_are_used_when_it_is_there() {
        SignedList first = list(1, numbers(100));
        SignedList second = list(2, numbers(101));
        served = Optional.of(first);
        sync.offered(first.header().encode());
        sync.offered(offer(first, second));
        assertEquals(1, questions.size());
        sync.answered(answer(questions.remove()));
        assertTrue(questions.isEmpty());
        assertHolds(second);
    }

    @Example
    void change_that_would_not_fit_beside_the_longest_header_does_not_come_along() {
        assertEquals(
                Optional.empty(),
                ListChange.between(
                        list(1, numbers(0)).tree(), list(2, numbers(900)).tree()));
        ListOffer offer = offer(list(1, numbers(0)), list(2, numbers(400)));
        assertTrue(offer.getBucketCount() > 390, "some share a bucket");
        assertTrue(offer.getSerializedSize() + 768 < 16_384);
    }

    @Example
    void base_of_another_length_than_a_root_is_malformed() {
        ListOffer offer = offer(list(1, numbers(1)), list(2, numbers(2))).toBuilder()
                .setBase(ByteString.copyFrom(new byte[31]))
                .build();
        assertEquals(
                LinkFault.MALFORMED,
                assertThrows(LinkException.class, () -> sync.offered(offer)).fault());
    }

    @Example
    void offer_that_is_refused_is_told_to_the_backend_with_reason_and_kind() {
        SignedList held = list(5, numbers(3));
        device.held.put(ListKind.BLACKLIST, held);
        sync.offered(list(4, numbers(3)).header().encode());
        FromDevice told = questions.remove();
        assertEquals(ListRefusal.VERSION_NOT_HIGHER.code(), told.getRefused().getReason());
        assertEquals(ListKind.BLACKLIST.code(), told.getRefused().getKind());
        sync.offered(new byte[145]);
        sync.offered(new byte[0]);
        assertTrue(questions.isEmpty());
    }

    @Example
    void question_out_of_range_is_malformed_and_of_another_version_no_such_list() {
        SignedList list = list(1, numbers(100));
        served = Optional.of(list);
        FromDevice full = new FullFetch(list.header()).question();
        FromDevice tree = new DifferenceFetch(list.header(), list).question();
        assertServed(LinkFault.MALFORMED, full, b -> b.getListBuilder().setFrom(101));
        assertServed(LinkFault.MALFORMED, full, b -> b.getListBuilder().setFrom(-1));
        assertServed(LinkFault.MALFORMED, full, b -> b.getListBuilder().setKind(99));
        assertServed(LinkFault.MALFORMED, full, b -> b.getListBuilder().setNumber(-1));
        assertServed(LinkFault.NO_SUCH_LIST, full, b -> b.getListBuilder().setNumber(2));
        assertServed(LinkFault.NO_SUCH_LIST, full, b -> b.getListBuilder().setKind(ListKind.ACCESS.code()));
        assertServed(LinkFault.MALFORMED, tree, b -> b.getTreeBuilder().setLevel(4));
        assertServed(LinkFault.MALFORMED, tree, b -> b.getTreeBuilder().setLevel(-1));
        assertServed(LinkFault.MALFORMED, tree, b -> b.getTreeBuilder().addNode(1));
        assertServed(LinkFault.MALFORMED, tree, b -> {
            for (int i = 0; i < 17; i++) {
                b.getTreeBuilder().addNode(0);
            }
        });
    }

    private void assertServed(
            LinkFault fault, FromDevice question, java.util.function.Consumer<FromDevice.Builder> change) {
        FromDevice.Builder changed = question.toBuilder();
        change.accept(changed);
        assertEquals(
                fault,
                assertThrows(LinkException.class, () -> answer(changed.build())).fault());
    }
}
