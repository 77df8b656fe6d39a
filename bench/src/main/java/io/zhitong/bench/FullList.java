package io.zhitong.bench;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.fleet.FleetBackend;
import io.zhitong.fleet.FleetEnrolment;
import io.zhitong.fleet.FleetEstate;
import io.zhitong.fleet.FleetLists;
import io.zhitong.machinetls.MachineProfile;
import java.util.Locale;

/**
 * A very large list goes to one controller program that has none yet (整表下发): fetched, verified, on its disk, compiled, in force.
 *
 * @param seconds from the offer to the backend's knowledge that it is in force
 * @param limit what a verified fetch cannot do without: the same bytes over bare TLS, and the tree built once
 */
record FullList(int credentials, double seconds, double limit) {
    static final double MOST_SECONDS = 10;
    private static final int NUMBER = 1;
    private static final int HEAP = 512;
    private static final long PATIENCE = 120;

    static FullList measure(int credentials) {
        FleetEstate estate = FleetEstate.create(MachineProfile.SM2);
        FleetLists lists = new FleetLists(estate, 1);
        InForce known = new InForce();
        try (FleetBackend backend = new FleetBackend(estate, lists, known);
                FleetEnrolment enrolment = new FleetEnrolment(estate)) {
            backend.start();
            try (RealControllers program = new RealControllers(1, NUMBER, estate, enrolment, backend, HEAP)) {
                InForce.await("the program holds its first list", PATIENCE, () -> known.at(new ListVersion(1, 1)) == 1);
                ListVersion next = lists.exchange(credentials);
                lists.of(estate.address(NUMBER), ListKind.ACCESS);
                long began = System.nanoTime();
                backend.offer(ListKind.ACCESS, java.util.List.of(estate.address(NUMBER)));
                InForce.await("in force", PATIENCE, () -> known.at(next) == 1 && program.allRunning());
                double millis = known.millis(next, began, 0, Long.MAX_VALUE)[0];
                return new FullList(credentials, millis / 1_000, bare(lists, estate));
            }
        }
    }

    /** The records in frames as the link has them, each answered, over TLS; then their tree. */
    private static double bare(FleetLists lists, FleetEstate estate) {
        var tree = lists.of(estate.address(NUMBER), ListKind.ACCESS).tree();
        int frame = 12_000;
        long total =
                tree.records().stream().mapToLong(record -> record.length + 4L).sum();
        try (TlsEcho echo = new TlsEcho(new MachineEstate(), frame)) {
            long began = System.nanoTime();
            for (long sent = 0; sent < total; sent += 2L * frame) { // an echo carries each byte twice
                echo.roundTrip();
            }
            io.zhitong.accessmodel.MerkleTree.of(ListKind.ACCESS, tree.records());
            return (System.nanoTime() - began) / 1e9;
        }
    }

    boolean held() {
        return seconds <= MOST_SECONDS;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "full-list 整表下发: %,d credentials to one controller program, fetched, verified, on disk, in force: %.1f s (at most"
                        + " %.0f); limit, the bytes over bare TLS and one tree: %.1f s, ratio %.1f: %s",
                credentials,
                seconds,
                MOST_SECONDS,
                limit,
                seconds / limit,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
