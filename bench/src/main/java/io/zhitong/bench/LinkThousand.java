package io.zhitong.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.fleet.FaultProxy;
import io.zhitong.fleet.FleetBackend;
import io.zhitong.fleet.FleetEnrolment;
import io.zhitong.fleet.FleetEstate;
import io.zhitong.fleet.FleetLists;
import io.zhitong.fleet.Meters;
import io.zhitong.fleet.SharedLists;
import io.zhitong.fleet.SimulatedController;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkThreads;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.Sm2;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One credential of a large list changes at all connected controllers (千台下发): some of them real programs in processes of their
 * own, the others simulated, ten through a wire that counts.
 *
 * @param millis from the change to the backend's knowledge that it is in force, of all devices and rounds, rising
 * @param real the same of the real programs alone
 * @param bytes the most that one device's wire carried meanwhile, both directions, heartbeats with it
 * @param asked simulated controllers at which the changed credential was shown
 * @param wrong how many of them decided by the old list
 * @param processor milliseconds of it a round, of this process: backend and simulated controllers
 * @param limit what the signatures alone take, on all cores
 */
record LinkThousand(
        int controllers,
        int credentials,
        double[] millis,
        double[] real,
        long bytes,
        int asked,
        int wrong,
        double processor,
        double limit) {
    static final double MOST_MILLIS = 1_000;
    static final long MOST_BYTES = 4_096;
    private static final int REAL = 8;
    private static final int METERED = 10;
    private static final int ROUNDS = 4;
    /** A backend that has just started runs code that is not compiled yet; one that serves a thousand does not. */
    private static final int WARM_UP = 4;

    private static final int REAL_HEAP = 128;
    private static final long PATIENCE = Long.getLong("zhitong.bench.patience", 60);

    static LinkThousand measure(int controllers, int credentials) {
        return measure(controllers, REAL, credentials);
    }

    static LinkThousand measure(int controllers, int real, int credentials) {
        FleetEstate estate = FleetEstate.create(MachineProfile.SM2);
        FleetLists lists = new FleetLists(estate, credentials);
        InForce known = new InForce();
        int simulated = controllers - real;
        try (FleetBackend backend = new FleetBackend(estate, lists, known);
                FleetEnrolment enrolment = new FleetEnrolment(estate);
                LinkThreads threads = LinkThreads.shared(2, 4)) {
            backend.start();
            try (RealControllers programs =
                            new RealControllers(real, controllers + 1, estate, enrolment, backend, REAL_HEAP);
                    FaultProxy counting = new FaultProxy(backend.address())) {
                List<SimulatedController> doors = doors(estate, lists, simulated);
                for (int i = 0; i < simulated; i++) {
                    doors.get(i)
                            .start(LinkClientOptions.to(i < METERED ? counting.address() : backend.address()), threads);
                }
                InForce.await(
                        "all are greeted", PATIENCE, () -> doors.stream().allMatch(SimulatedController::isGreeted));
                InForce.await("the programs hold their lists", PATIENCE, () -> known.at(new ListVersion(1, 1)) == real);
                LinkThousand measured = rounds(
                        new Site(estate, lists, backend, known, doors, counting, controllers, real), credentials);
                if (!programs.allRunning()) {
                    throw new IllegalStateException("a controller program ended; see its log");
                }
                doors.forEach(SimulatedController::kill);
                return measured;
            }
        }
    }

    /** What a round needs. */
    private record Site(
            FleetEstate estate,
            FleetLists lists,
            FleetBackend backend,
            InForce known,
            List<SimulatedController> doors,
            FaultProxy counting,
            int controllers,
            int real) {

        List<DeviceAddress> everybody() {
            return Stream.concat(
                            doors.stream().map(SimulatedController::address),
                            IntStream.rangeClosed(1, real)
                                    .mapToObj(i -> DeviceAddress.of(FleetEstate.COMMUNITY, controllers + i)))
                    .toList();
        }
    }

    private static List<SimulatedController> doors(FleetEstate estate, FleetLists lists, int simulated) {
        SharedLists shared = new SharedLists();
        Meters meters = new Meters();
        List<SimulatedController> doors = IntStream.rangeClosed(1, simulated)
                .parallel()
                .mapToObj(number -> SimulatedController.of(estate.controller(number), shared, meters))
                .toList();
        doors.forEach(door -> door.holding(lists.kinds().stream()
                .map(kind -> lists.of(door.address(), kind))
                .toList()));
        return doors;
    }

    private static LinkThousand rounds(Site site, int credentials) {
        List<CredentialNumber> people = FleetLists.numbers(credentials);
        double[] all = {};
        double[] real = {};
        long bytes = 0;
        int asked = 0;
        int wrong = 0;
        double processor = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            CredentialNumber changed = people.get((round + WARM_UP + 1) * credentials / (ROUNDS + WARM_UP + 1));
            List<Long> before = site.counting().bytes();
            double busy = processorMillis();
            long began = System.nanoTime();
            ListVersion next = site.lists().change(changed, false);
            site.backend().offer(ListKind.ACCESS, site.everybody());
            InForce.await("in force everywhere", PATIENCE, () -> site.known().at(next) == site.controllers());
            if (round >= 0) {
                processor += (processorMillis() - busy) / ROUNDS;
                List<Long> after = site.counting().bytes();
                bytes = Math.max(
                        bytes,
                        IntStream.range(0, before.size())
                                .mapToLong(i -> after.get(i) - before.get(i))
                                .max()
                                .orElse(0));
                all = InForce.joined(all, site.known().millis(next, began, 0, Long.MAX_VALUE));
                real = InForce.joined(real, site.known().millis(next, began, site.controllers() + 1L, Long.MAX_VALUE));
                List<Boolean> granted = shown(site, changed, people.get(round + 1));
                asked += granted.size();
                wrong += (int) granted.stream().filter(right -> !right).count();
            }
        }
        return new LinkThousand(
                site.controllers(),
                credentials,
                all,
                real,
                bytes,
                asked,
                wrong,
                processor,
                signatures(site.estate(), site.controllers()));
    }

    private static double processorMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e6;
    }

    /** At one in a hundred: whether the changed credential is refused and an unchanged one let in. */
    private static List<Boolean> shown(Site site, CredentialNumber changed, CredentialNumber other) {
        List<Boolean> right = new ArrayList<>();
        for (int i = 0; i < site.doors().size(); i += 100) {
            SimulatedController door = site.doors().get(i);
            right.add(door.tap(1, changed) instanceof Decision.Deny && door.tap(1, other) instanceof Decision.Grant);
        }
        return right;
    }

    /** As many headers signed, and as many checked, as there are controllers: no protocol can do with less. */
    private static double signatures(FleetEstate estate, int count) {
        byte[] message = new byte[77];
        double millis = 0;
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            long good = IntStream.range(0, count)
                    .parallel()
                    .filter(i -> Sm2.verify(estate.policyKey(), message, estate.signPolicy(message)))
                    .count();
            millis = (System.nanoTime() - began) / 1e6;
            if (good != count) {
                throw new IllegalStateException("a signature does not verify");
            }
        }
        return millis;
    }

    boolean held() {
        return InForce.part(millis, 0.99) <= MOST_MILLIS && bytes <= MOST_BYTES && wrong == 0;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "link-thousand 千台下发: %,d controllers, %d of them programs, one of %,d credentials changed, %d rounds: in force and known"
                        + " after median %.0f ms, p99 %.0f ms (at most %.0f), longest %.0f ms, programs' longest %.0f ms; most bytes on"
                        + " a wire %,d (at most %,d); shown at %d, decided wrong %d; %.0f ms of processor a round; limit, their signatures alone: %.0f ms, ratio"
                        + " %.1f: %s",
                controllers,
                REAL,
                credentials,
                ROUNDS,
                InForce.part(millis, 0.5),
                InForce.part(millis, 0.99),
                MOST_MILLIS,
                InForce.part(millis, 1),
                InForce.part(real, 1),
                bytes,
                MOST_BYTES,
                asked,
                wrong,
                processor,
                limit,
                InForce.part(millis, 0.99) / limit,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
