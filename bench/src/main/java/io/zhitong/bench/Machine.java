package io.zhitong.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** On what was measured (测量环境). {@code load} is the load average of the last minute, negative where unknown. */
record Machine(String processor, int cores, String java, double load) {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    static Machine here() {
        return new Machine(
                cpuinfo().orElse(System.getProperty("os.arch", "unknown")),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Optional<String> cpuinfo() {
        if (!Files.isReadable(CPU)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String line() {
        return String.format(Locale.ROOT, "%s, %d cores, Java %s, load %.2f", processor, cores, java, load);
    }

    /** One JSON object. */
    String json() {
        String name = processor.replace("\\", "").replace("\"", "");
        return String.format(
                Locale.ROOT,
                "{\"processor\":\"%s\",\"cores\":%d,\"java\":\"%s\",\"load\":%.2f}",
                name,
                cores,
                java,
                load);
    }
}
