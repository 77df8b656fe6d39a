package io.zhitong.bench;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cos.Card;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A real controller process, 64 points with a reader each and very many credentials (整机): enrolled and given its lists over the link, then started
 * anew with a card on its reader already; then taps.
 *
 * @param credentials on its list
 * @param startSeconds from starting the process to the relay's command for the card that waited, least and most of the starts
 * @param restMegabytes resident after the last tap and a quiet minute
 * @param listMegabytes the most that was resident while the whole list came over the link
 * @param tapMicros from the card's coming to the relay's command, one each tap
 */
record WholeController(
        int credentials,
        double startSeconds,
        double worstStartSeconds,
        double restMegabytes,
        double listMegabytes,
        long... tapMicros) {
    static final double MOST_START_SECONDS = 3;
    static final double MOST_MEGABYTES = 160;
    static final long MOST_TAP_MICROS = 50_000;
    private static final int STARTS = 3;
    private static final int WARM_TAPS = 100;
    private static final String SECTION = """
            controller:
              driver: 127.0.0.1:%d
              sam: ""
              points:
            """;
    private static final String POINT = "    - {point: %1$d, reader: door-%1$d, method: sealed}%n";

    /**
     * @param tree where {@code bin/controller} is
     * @param quietSeconds between the last tap and the look at the memory
     */
    static WholeController measure(Path tree, int credentials, int taps, int quietSeconds) {
        try (MadeCards made = new MadeCards();
                StopwatchDriver driver = new StopwatchDriver()) {
            Card card = made.card();
            DoorLists lists = new DoorLists();
            Path folder = Workspace.folder("controller");
            try (DoorBackend backend = new DoorBackend(
                    lists.signed(credentials, List.of(new CredentialNumber(MadeCards.FIRST_CARD)), made.issuer()),
                    lists.signer())) {
                Path config = backend.install(folder, section(driver.port()));
                double received;
                try (Started first = new Started(tree, config, folder)) {
                    backend.awaitInStep(120);
                    received = first.megabytes("VmHWM");
                }
                return started(tree, config, driver, card, credentials, received, taps, quietSeconds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader at every point. */
    private static String section(int driver) {
        StringBuilder section = new StringBuilder(SECTION.formatted(driver));
        IntStream.rangeClosed(1, DoorLists.POINTS).forEach(point -> section.append(POINT.formatted(point)));
        return section.toString();
    }

    private static WholeController started(
            Path tree,
            Path config,
            StopwatchDriver driver,
            Card card,
            int credentials,
            double received,
            int taps,
            int quietSeconds)
            throws IOException {
        Path folder = config.resolveSibling(".");
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            driver.lay("door-1", card);
            long before = driver.relays();
            long begun = System.nanoTime();
            try (Started controller = new Started(tree, config, folder)) {
                seconds[i] = (driver.relayAfter(before, 60_000) - begun) / 1e9;
                driver.lift();
                if (i == STARTS - 1) {
                    long[] micros = taps(driver, card, taps);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(quietSeconds));
                    double rest = controller.megabytes("VmRSS");
                    Arrays.sort(seconds);
                    return new WholeController(credentials, seconds[0], seconds[i], rest, received, micros);
                }
            }
        }
        throw new IllegalStateException("expected at least one start");
    }

    private static long[] taps(StopwatchDriver driver, Card card, int taps) {
        for (int i = 0; i < WARM_TAPS; i++) {
            tap(driver, card);
        }
        return LongStream.range(0, taps).map(i -> tap(driver, card)).toArray();
    }

    private static long tap(StopwatchDriver driver, Card card) {
        long before = driver.relays();
        long laid = driver.lay("door-1", card);
        long moved = driver.relayAfter(before, 10_000);
        driver.lift();
        return TimeUnit.NANOSECONDS.toMicros(moved - laid);
    }

    private double percentile(double share) {
        long[] sorted = tapMicros.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
    }

    boolean held() {
        return worstStartSeconds <= MOST_START_SECONDS
                && restMegabytes <= MOST_MEGABYTES
                && percentile(0.99) * 1e3 <= MOST_TAP_MICROS;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "controller 整机: %,d credentials, %d readers: process start to relay of the first card %.2f to %.2f s, at most"
                        + " %.0f s; resident %.0f MB, at most %.0f (%.0f while the list came); tap to relay p50 %.1f ms, p99"
                        + " %.1f ms of %,d, at most %d ms: %s",
                credentials,
                DoorLists.POINTS,
                startSeconds,
                worstStartSeconds,
                MOST_START_SECONDS,
                restMegabytes,
                MOST_MEGABYTES,
                listMegabytes,
                percentile(0.5),
                percentile(0.99),
                tapMicros.length,
                MOST_TAP_MICROS / 1_000,
                held() ? "held 达标" : "NOT HELD 未达标");
    }

    /** The process. */
    private static final class Started implements AutoCloseable {
        private final Process process;

        Started(Path tree, Path config, Path folder) throws IOException {
            process = new ProcessBuilder(tree.resolve("bin/controller").toString(), "--config", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("controller.log").toFile()))
                    .start();
        }

        /** VmRSS or VmHWM of the process. */
        double megabytes(String which) throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(which))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    throw new IOException("the controller does not stop");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
