package io.zhitong.backend.events.bench;

import io.zhitong.backend.devices.PublishFigure;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.machinetls.MachineProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures what the event store takes in, each figure beside a limit of the same run (事件库性能测量). */
public final class EventBench {
    static final String STORE = "event-store";
    static final String INGEST = "event-ingest";
    static final String BACKLOG = "event-backlog";
    static final String STORM = "reconnect-storm";
    static final String STORM_SM2 = "reconnect-storm-sm2";
    static final String PUBLISH = "publish-thousand";
    private static final int PUBLISHED = 1_000;
    private static final int CREDENTIALS = 100_000;
    private static final int STORM_DEVICES = Integer.getInteger("zhitong.bench.controllers", 5_000);
    private static final int ROUND = 200_000;
    private static final int INGESTED = 200_000;
    private static final int OUTAGE = 1_000_000;
    private static final double LEAST_OF_BARE = 0.5;
    private static final double LEAST_STORED = 50_000;
    private static final double LEAST_INGESTED = 10_000;
    private static final double MOST_SECONDS = 120;

    private EventBench() {}

    /** Arguments: a folder to write in, then names of figures. Exit code 1 when a floor is not held, 2 for an unknown name. */
    public static void main(String[] args) {
        if (!Boolean.getBoolean("zhitong.scratch.disk")) {
            throw new IllegalStateException(
                    "expected -Dzhitong.scratch.disk=true: fsync of files in memory costs nothing");
        }
        Path folder = Path.of(args[0]);
        boolean held = true;
        for (String name : List.of(args).subList(1, args.length)) {
            held &= switch (name) {
                case STORE -> store();
                case INGEST -> link(name, folder, INGESTED);
                case STORM -> storm(folder, MachineProfile.P256);
                case STORM_SM2 -> storm(folder, MachineProfile.SM2);
                case PUBLISH -> publish(folder);
                case BACKLOG -> link(name, folder, OUTAGE);
                default -> unknown();
            };
        }
        System.exit(held ? 0 : 1);
    }

    private static boolean unknown() {
        System.err.println("bench: no figure of that name; there are "
                + String.join(" ", STORE, INGEST, BACKLOG, STORM, STORM_SM2, PUBLISH));
        System.exit(2);
        return false;
    }

    private static boolean storm(Path folder, MachineProfile profile) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            StormFigure figure = StormFigure.measure(database, folder.resolve(profile.name()), profile, STORM_DEVICES);
            System.out.println(figure.line());
            return figure.held();
        }
    }

    private static boolean publish(Path folder) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            PublishFigure figure = PublishFigure.measure(database, folder.resolve("vault"), PUBLISHED, CREDENTIALS);
            System.out.println(figure.line());
            return figure.held();
        }
    }

    private static boolean store() {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            StoreFigure figure = StoreFigure.measure(database, ROUND);
            System.out.println(figure.line());
            return figure.ratio() >= LEAST_OF_BARE && figure.stored() >= LEAST_STORED;
        }
    }

    private static boolean link(String name, Path folder, int events) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            LinkFigure figure = LinkFigure.measure(database, folder, events);
            System.out.println(name + " " + figure.line());
            return events == OUTAGE ? figure.seconds() <= MOST_SECONDS : figure.rate() >= LEAST_INGESTED;
        }
    }

    static String perSecond(double rate) {
        return String.format(Locale.ROOT, "%,.0f/s", rate);
    }
}
