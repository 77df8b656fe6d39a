package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.fleet.FleetEstate;
import io.zhitong.fleet.FleetLists;
import io.zhitong.fleet.Meters;
import io.zhitong.fleet.SharedLists;
import io.zhitong.fleet.SimulatedController;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkThreads;
import io.zhitong.machinetls.MachineProfile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Very many controllers lose their backend at once, come back, and bring what was tapped meanwhile (重连风暴).
 *
 * @param together seconds until all were connected for the first time
 * @param back seconds from the kill until all were greeted again
 * @param complete seconds from the kill until everything was acknowledged
 * @param bytes of the backend's heap a connection, after a collection
 * @param taps of the harness's own log
 * @param stored access events in the database for them, by device; as many as taps and no gap in any journal
 * @param limit seconds that the handshakes of both sides take one after the other on all cores
 */
record StormFigure(
        MachineProfile profile,
        int controllers,
        double together,
        double back,
        double complete,
        double bytes,
        long taps,
        boolean stored,
        double limit) {
    static final double MOST_SECONDS = 120;
    private static final int HANDSHAKES = 20;
    private static final int TAPS_A_SECOND = 200;
    private static final long PATIENCE = Long.getLong("zhitong.bench.patience", 240);
    private static final int KIB = 1024;

    static StormFigure measure(TestDatabase database, Path folder, MachineProfile profile, int controllers) {
        Durable.require(database);
        FleetEstate estate = FleetEstate.create(profile);
        estate.backendIdentity().store(folder, StormBackend.NAME);
        String url = url(database);
        Meters meters = new Meters();
        try (LinkThreads threads = LinkThreads.shared(2, 4);
                StormProcess first = new StormProcess(folder, profile, url, 0)) {
            long empty = first.memory();
            List<SimulatedController> doors = doors(estate, meters, controllers);
            double limit = handshakes(estate, controllers);
            long began = System.nanoTime();
            doors.forEach(door -> door.start(LinkClientOptions.to(first.address()), threads));
            await("all are greeted", () -> greeted(doors));
            double together = since(began);
            await("their first records are stored", () -> complete(doors));
            double bytes = (double) (first.memory() - empty) / controllers;
            Crowd crowd = new Crowd(doors);
            crowd.tap(1);
            began = System.nanoTime();
            first.kill();
            crowd.tap(1);
            try (StormProcess second =
                    new StormProcess(folder, profile, url, first.address().getPort())) {
                double[] back = crowd.tapUntil(() -> greeted(doors), began);
                await("everything is acknowledged by " + second.address(), () -> complete(doors));
                double complete = since(began);
                doors.forEach(SimulatedController::kill);
                return new StormFigure(
                        profile,
                        controllers,
                        together,
                        back[0],
                        complete,
                        bytes,
                        crowd.count,
                        crowd.storedIn(database),
                        limit);
            }
        }
    }

    private static String url(TestDatabase database) {
        try (Connection connection = database.application().getConnection()) {
            String url = connection.getMetaData().getURL();
            String user = connection.getMetaData().getUserName();
            return url.replaceFirst("\\?.*", "") + "?user=" + user;
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not say where it is", e);
        }
    }

    private static List<SimulatedController> doors(FleetEstate estate, Meters meters, int controllers) {
        SharedLists shared = new SharedLists();
        FleetLists lists = new FleetLists(estate, 1_000);
        List<SimulatedController> doors = IntStream.rangeClosed(1, controllers)
                .parallel()
                .mapToObj(number -> SimulatedController.of(estate.controller(number), shared, meters))
                .toList();
        doors.parallelStream()
                .forEach(door -> door.holding(lists.kinds().stream()
                        .map(kind -> lists.of(door.address(), kind))
                        .toList()));
        return doors;
    }

    private static boolean greeted(List<SimulatedController> doors) {
        return doors.stream().allMatch(SimulatedController::isGreeted);
    }

    private static boolean complete(List<SimulatedController> doors) {
        return doors.stream().allMatch(SimulatedController::isComplete);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What a full handshake takes, both sides on one core, times the controllers, on as many cores as there are. */
    private static double handshakes(FleetEstate estate, int controllers) {
        BareHandshake bare = new BareHandshake(estate);
        bare.round(HANDSHAKES);
        return bare.round(HANDSHAKES)
                / HANDSHAKES
                * controllers
                / Runtime.getRuntime().availableProcessors();
    }

    /** People at random doors, with a log of their own. */
    private static final class Crowd {
        private final List<SimulatedController> doors;
        private final SplittableRandom random = new SplittableRandom(22);
        private final Map<DeviceAddress, Long> log = new HashMap<>();
        private long count;

        Crowd(List<SimulatedController> doors) {
            this.doors = doors;
        }

        void tap(int seconds) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            tapUntil(() -> System.nanoTime() > end, 0);
        }

        /** @return seconds since {@code began} when the condition held */
        double[] tapUntil(BooleanSupplier condition, long began) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not within " + PATIENCE + " s");
                }
                SimulatedController door = doors.get(random.nextInt(doors.size()));
                door.tap(1, FleetLists.numbers(1).get(0));
                log.merge(door.address(), 1L, Long::sum);
                count++;
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / TAPS_A_SECOND);
            }
            return new double[] {since(began)};
        }

        boolean storedIn(TestDatabase database) {
            Map<DeviceAddress, Long> stored = new HashMap<>();
            database.jdbc()
                    .sql("select device_number, count(*) from device_event where kind in (?, ?) group by device_number")
                    .params(EventKind.ACCESS_GRANTED.code(), EventKind.ACCESS_DENIED.code())
                    .query(row -> {
                        stored.put(DeviceAddress.of(FleetEstate.COMMUNITY, row.getLong(1)), row.getLong(2));
                    });
            long apart = database.jdbc()
                    .sql("select count(*) from (select device_number from device_event group by device_number, journal"
                            + " having count(*) <> max(sequence) or count(distinct sequence) <> count(*)) torn")
                    .query(Long.class)
                    .single();
            return stored.equals(log) && apart == 0;
        }
    }

    boolean held() {
        return back <= MOST_SECONDS && stored;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "reconnect-storm 重连风暴 %s: %,d controllers connected in %.1f s; backend killed: all greeted again after %.1f s (at"
                        + " most %.0f), all acknowledged after %.1f s, %,d taps %s; %.1f KiB of the backend's heap a connection;"
                        + " limit, bare handshakes of both sides: %.1f s, ratio %.1f: %s",
                profile,
                controllers,
                together,
                back,
                MOST_SECONDS,
                complete,
                taps,
                stored ? "each stored once" : "NOT each stored once",
                bytes / KIB,
                limit,
                back / limit,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
