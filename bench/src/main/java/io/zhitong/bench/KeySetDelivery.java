package io.zhitong.bench;

import io.zhitong.keyvault.block.KeySetRun;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The key sets of a whole delivery, on all cores and into a file on disk, which is deleted (整批卡密钥组).
 *
 * @param cards how many
 * @param threads one for each core
 * @param seconds by the clock on the wall, from the masters in the module to the last byte handed to the file
 * @param processor seconds of all threads of this process in the meantime
 * @param bytes of the file
 */
record KeySetDelivery(int cards, int threads, double seconds, double processor, long bytes) {
    private static final double SECOND = 1e9;
    private static final int WARM_UP = 20_000;

    /** Measures one after a short warm-up. */
    static KeySetDelivery measure(int cards) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        Path folder = Workspace.folder("key-sets");
        try (KeySetMasters masters = new KeySetMasters()) {
            once(masters, Math.min(cards, WARM_UP), threads, folder);
            return once(masters, cards, threads, folder);
        } finally {
            Files.delete(folder);
        }
    }

    private static KeySetDelivery once(KeySetMasters masters, int cards, int threads, Path folder) throws IOException {
        byte[] factors = KeySetMasters.cards(cards);
        Path file = folder.resolve("sets");
        try {
            double used = processorSeconds();
            long begun = System.nanoTime();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    KeySetRun run = masters.run(threads)) {
                run.write(factors, out);
            }
            double seconds = (System.nanoTime() - begun) / SECOND;
            return new KeySetDelivery(cards, threads, seconds, processorSeconds() - used, Files.size(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static double processorSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / SECOND;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "key-sets 整批卡密钥组: %,d cards of %d keys as key blocks, %d threads, %.1f s (target 60 s for 1,000,000 on 2 "
                        + "cores), %.1f s of processor time, file of %.0f MB",
                cards,
                KeySetMasters.KEYS,
                threads,
                seconds,
                processor,
                bytes / 1e6);
    }
}
