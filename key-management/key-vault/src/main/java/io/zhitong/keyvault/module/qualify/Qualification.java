package io.zhitong.keyvault.module.qualify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of a library in a process of their own, and the rest in another one when that process crashed or hung
 * (密码设备库检测). Not thread-safe.
 */
final class Qualification {
    /** What a child says last: its output ended. */
    private static final String ENDED = "\u0000ended";

    /**
     * @param library the vendor's file
     * @param pinFile the file with the password of the private keys; null for none
     * @param patience for the next word of a check
     */
    record Order(Path library, @Nullable Path pinFile, int keyIndex, int kekIndex, Duration patience) {}

    /**
     * @param device in its own words, empty when the library could not be used
     * @param unusable why it could not
     */
    record Outcome(String device, Optional<String> unusable, List<CheckResult> results) {
        Outcome {
            results = List.copyOf(results);
        }

        boolean passed() {
            return results.stream().allMatch(each -> each.verdict() == Verdict.PASS);
        }
    }

    private final Order order;
    private final Map<SdfCheck, CheckResult> results = new EnumMap<>(SdfCheck.class);
    private final List<Deviation> found = new ArrayList<>();
    private @Nullable SdfCheck running;
    private String device = "";
    private Optional<String> unusable = Optional.empty();

    private Qualification(Order order) {
        this.order = order;
    }

    static Outcome of(Order order) throws IOException {
        Qualification qualification = new Qualification(order);
        Set<SdfCheck> left = EnumSet.allOf(SdfCheck.class);
        while (!left.isEmpty() && qualification.unusable.isEmpty()) {
            qualification.oneProcess(left);
            left.removeAll(qualification.results.keySet());
        }
        left.forEach(each -> qualification.results.put(each, new CheckResult(each, Verdict.LEFT_OUT, List.of())));
        return new Outcome(qualification.device, qualification.unusable, List.copyOf(qualification.results.values()));
    }

    private void oneProcess(Set<SdfCheck> checks) throws IOException {
        running = null;
        found.clear();
        Process child = new ProcessBuilder(command(checks))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            follow(child, linesOf(child));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            child.destroyForcibly();
        }
    }

    private List<String> command(Set<SdfCheck> checks) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+SuppressFatalErrorMessage",
                "-cp",
                System.getProperty("java.class.path"),
                QualifyChild.class.getName(),
                order.library().toString(),
                order.pinFile() == null ? "-" : order.pinFile().toString(),
                String.valueOf(order.keyIndex()),
                String.valueOf(order.kekIndex())));
        checks.forEach(each -> command.add(each.name()));
        return command;
    }

    private static BlockingQueue<String> linesOf(Process child) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> readAll(child, lines), "qualify output");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static void readAll(Process child, BlockingQueue<String> lines) {
        try (BufferedReader in = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(ENDED);
        }
        lines.add(ENDED);
    }

    private void follow(Process child, BlockingQueue<String> lines) throws InterruptedException {
        while (true) {
            String line = lines.poll(order.patience().toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                stopped(Verdict.HUNG, "no answer within " + order.patience().toSeconds() + " s");
                return;
            }
            if (ENDED.equals(line)) {
                boolean over = child.waitFor(order.patience().toMillis(), TimeUnit.MILLISECONDS);
                ended(over ? child.exitValue() : -1);
                return;
            }
            ChildLine.parse(line).ifPresent(this::take);
        }
    }

    private void take(ChildLine line) {
        switch (line.word()) {
            case READY -> device = line.field(0);
            case UNUSABLE -> unusable = Optional.of(line.field(0));
            case BEGIN -> running = SdfCheck.valueOf(line.field(0));
            case DEVIATION -> found.add(new Deviation(line.field(0), line.field(1)));
            case END -> finish(SdfCheck.valueOf(line.field(0)));
        }
    }

    private void finish(SdfCheck check) {
        results.put(check, CheckResult.of(check, found));
        found.clear();
        running = null;
    }

    private void ended(int exit) {
        if (running != null || results.isEmpty() && unusable.isEmpty()) {
            stopped(Verdict.CRASHED, "the process that called it ended with " + exit);
        }
    }

    private void stopped(Verdict verdict, String came) {
        SdfCheck check = running;
        if (check == null) {
            unusable = Optional.of(verdict.chinese() + " " + verdict.english() + " while it was opened: " + came);
            return;
        }
        results.put(check, new CheckResult(check, verdict, List.of(new Deviation("the call comes back", came))));
    }
}
