package io.zhitong.bench;

import com.sun.management.OperatingSystemMXBean;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.decision.Policy;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An access list of very many credentials, from the bytes that came to the policy that decides, and what it takes in memory
 * (名单编译). Times are processor time of the process.
 *
 * @param credentials how many
 * @param verifySeconds every record checked, the tree built and its root compared
 * @param indexSeconds from the verified list to the index
 * @param limitSeconds bare SM3 over the same bytes and one sort of the numbers
 * @param changeMicros one changed record: new tree and root
 * @param indexBytes what the index keeps in memory for a credential
 * @param listBytes what the verified list keeps beside it
 * @param secondListBytes what a second version with one change keeps beyond the first, in all
 */
record ListCompile(
        int credentials,
        double verifySeconds,
        double indexSeconds,
        double limitSeconds,
        double changeMicros,
        double indexBytes,
        double listBytes,
        long secondListBytes) {
    static final double MOST_SECONDS = 5;
    static final double MOST_BYTES = 64;
    private static final double SECOND = 1e9;
    private static final int WARM_UP = 50_000;
    private static final int CHANGES = 1_000;

    /** Measures after a warm-up with a shorter list. */
    static ListCompile measure(int credentials) {
        for (int i = 0; i < 4; i++) {
            once(new MillionEstate(Math.min(credentials, WARM_UP)));
        }
        return once(new MillionEstate(credentials));
    }

    private static ListCompile once(MillionEstate estate) {
        List<byte[]> records = estate.records();
        ListHeader header = header(MillionEstate.tree(records));
        double limit = seconds(() -> bare(records));
        long before = used();
        SignedList[] list = {null};
        double verify = seconds(() -> list[0] = SignedList.join(header, records));
        SignedList joined = Objects.requireNonNull(list[0]);
        long withList = used();
        Policy[] policy = {null};
        double index = seconds(() -> policy[0] = estate.policy(joined.tree()));
        long withPolicy = used();
        if (Objects.requireNonNull(policy[0]).listed(MillionEstate.number(1)).isEmpty()) {
            throw new IllegalStateException("expected the second credential on the list");
        }
        MerkleTree[] next = {joined.tree()};
        double change = seconds(() -> {
            for (int i = 0; i < CHANGES; i++) {
                next[0] = joined.tree().changed(List.of(estate.record(i)), List.of());
            }
        });
        long withChange = used();
        int count = records.size();
        Reference.reachabilityFence(next);
        Reference.reachabilityFence(policy);
        Reference.reachabilityFence(list);
        return new ListCompile(
                estate.credentials(),
                verify,
                index,
                limit,
                change * 1e6 / CHANGES,
                (double) (withPolicy - withList) / count,
                (double) (withList - before) / count,
                withChange - withPolicy);
    }

    private static ListHeader header(MerkleTree tree) {
        ListTarget target =
                new ListTarget(new CommunityId(1), new DeviceId(42), ListKind.ACCESS, new ListVersion(1, 7), 1);
        try (Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure())) {
            return SignedList.sign(target, tree, key.publicKey(), message -> new byte[64])
                    .header();
        }
    }

    private static void bare(List<byte[]> records) {
        long[] numbers = new long[records.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Sm3.hash(records.get(i))[0];
        }
        Arrays.sort(numbers);
    }

    /** Processor time of all threads of this process, collector and compiler included: other programs are not in it. */
    private static double seconds(Runnable work) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begun = system.getProcessCpuTime();
        work.run();
        return Math.max(1, system.getProcessCpuTime() - begun) / SECOND;
    }

    /** What is reachable and nothing else: the serial collector leaves some dead wood in three collections of four. */
    private static long used() {
        for (int i = 0; i < 4; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        Runtime here = Runtime.getRuntime();
        return here.totalMemory() - here.freeMemory();
    }

    double seconds() {
        return verifySeconds + indexSeconds;
    }

    boolean held() {
        return seconds() <= MOST_SECONDS && indexBytes <= MOST_BYTES;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "list-compile 名单编译: %,d credentials, %d points: bytes to policy %.2f s of processor time (checks, tree and root %.2f s, index"
                        + " %.2f s; limit %.2f s: bare SM3 of each record and a sort), at most %.0f s; %.1f bytes a credential"
                        + " for deciding, at most %.0f, %.1f for the list itself; one change %.1f µs and %,d bytes: %s",
                credentials,
                MillionEstate.POINTS,
                seconds(),
                verifySeconds,
                indexSeconds,
                limitSeconds,
                MOST_SECONDS,
                indexBytes,
                MOST_BYTES,
                listBytes,
                changeMicros,
                secondListBytes,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
