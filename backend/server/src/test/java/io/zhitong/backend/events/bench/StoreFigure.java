package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.events.EventStore;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The store alone: the threads of the link's workers, each with devices that send one batch after the other (纯入库速率), in
 * turns with {@link BareCopy}.
 *
 * @param stored rows a second, median of the rounds
 * @param bare rows a second of the limit, median of the rounds
 * @param rounds all of both, in their order
 */
record StoreFigure(double stored, double bare, String rounds) {
    private static final int ROUNDS = 5;
    private static final int THREADS = 16;
    private static final int DEVICES = 64;

    /** What the link takes into a frame. */
    private static final int FRAME = 12_000;

    private static final int BARE_GROUP = 5_000;

    static StoreFigure measure(TestDatabase database, int rows) {
        Durable.require(database);
        EventStore store = new TestEvents(database, (device, message, signature) -> true, Clock.systemUTC()).store();
        BareCopy bare = new BareCopy(database);
        List<byte[]> groups = groups(rows);
        bare.run(groups);
        run(store, journals(1, rows));
        double[] ours = new double[ROUNDS];
        double[] limit = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            List<MadeJournal> journals = journals(2 + i, rows);
            limit[i] = rows / bare.run(groups);
            ours[i] = rows / run(store, journals);
        }
        return new StoreFigure(
                median(ours), median(limit), "ours " + Arrays.toString(ours) + " bare " + Arrays.toString(limit));
    }

    private static double median(double[] of) {
        double[] sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static List<MadeJournal> journals(long journal, int rows) {
        List<MadeJournal> journals = new ArrayList<>();
        for (int device = 1; device <= DEVICES; device++) {
            journals.add(new MadeJournal(DeviceAddress.of(1, device), journal, rows / DEVICES));
        }
        return journals;
    }

    private static List<byte[]> groups(int rows) {
        List<JournalRecord> records = new MadeJournal(DeviceAddress.of(1, 1), 1, rows).after(0, Integer.MAX_VALUE);
        List<byte[]> groups = new ArrayList<>();
        for (int from = 0; from < rows; from += BARE_GROUP) {
            StringBuilder text = new StringBuilder();
            for (JournalRecord record : records.subList(from, Math.min(rows, from + BARE_GROUP))) {
                // As ours come: of many devices in turns.
                long n = record.sequence();
                BareCopy.row(
                        text, n, (int) (n / 100 % DEVICES), 1, n, record.hash().toByteArray(), record.encode());
            }
            groups.add(BareCopy.group(text));
        }
        return groups;
    }

    /** Seconds. The records are decoded beforehand, as the link hands them over; all else is counted. */
    private static double run(EventStore store, List<MadeJournal> journals) {
        List<List<List<JournalRecord>>> batches =
                journals.stream().map(StoreFigure::batches).toList();
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            long begun = System.nanoTime();
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i;
                sent.add(workers.submit(() -> send(store, journals, batches, first)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
            return (System.nanoTime() - begun) / 1e9;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a batch was not stored", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static void send(
            EventStore store, List<MadeJournal> journals, List<List<List<JournalRecord>>> batches, int first) {
        int most = batches.get(0).size();
        for (int batch = 0; batch < most; batch++) {
            for (int i = first; i < journals.size(); i += THREADS) {
                MadeJournal journal = journals.get(i);
                store.append(
                        journal.device().community(),
                        journal.device().device(),
                        journal.id(),
                        batches.get(i).get(batch));
            }
        }
    }

    private static List<List<JournalRecord>> batches(MadeJournal journal) {
        List<List<JournalRecord>> batches = new ArrayList<>();
        for (long at = 0; at < journal.length(); ) {
            List<JournalRecord> batch = journal.after(at, FRAME);
            batches.add(batch);
            at += batch.size();
        }
        return batches;
    }

    double ratio() {
        return stored / bare;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "event-store 纯入库: %s, bare COPY to a stage and insert %s, %.2f of it (floor 0.50 and 50,000/s); %s",
                EventBench.perSecond(stored),
                EventBench.perSecond(bare),
                ratio(),
                rounds);
    }
}
