package io.zhitong.bench;

import io.zhitong.machinetls.MachineProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code bin/bench}: measures figures beside their limits and prints medians (性能基准程序). */
public final class BenchProgram {
    private static final int FORKS = 2;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 5;
    private static final TimeValue ROUND = TimeValue.milliseconds(500);

    /** The table of what transactions take on the air. */
    private static final String ON_AIR = "on-air";

    /** A whole delivery of key sets, measured once. */
    private static final String KEY_SETS = "key-sets";

    private static final int MILLION = 1_000_000;
    private static final int HUNDRED_THOUSAND = 100_000;
    private static final int TAPS = 1_000;
    private static final int QUIET_SECONDS = 60;

    /** Lists of a million, with bounds on time and memory. */
    private static final String LIST_COMPILE = "list-compile";

    private static final String DECISION_MILLION = "decision-million";

    /** What idle devices cost the backend. */
    private static final String LINK_MEMORY = "link-memory";

    private static final int DEVICES = 5_000;
    private static final int DEVICES_SM2 = 1_000;

    /** Figures with a floor, each in turns with its limit. */
    private static final String BARE_RATES = "bare-rates";

    /** A real controller process: its start, its memory, its taps. */
    private static final String CONTROLLER = "controller";

    private static final String LINK_THOUSAND = "link-thousand";
    private static final String FULL_LIST = "full-list";
    private static final int CONTROLLERS = Integer.getInteger("zhitong.bench.controllers", 1_000);

    private BenchProgram() {}

    /** Arguments: the file to be written, then names of figures; none means all. Exit code 2 for an unknown name. */
    public static void main(String[] args) throws IOException, RunnerException {
        Path file = Path.of(args[0]);
        List<String> wanted = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        boolean all = wanted.isEmpty();
        boolean onAir = wanted.removeIf(ON_AIR::equals) || all;
        boolean keySets = wanted.removeIf(KEY_SETS::equals) || all;
        boolean bareRates = wanted.removeIf(BARE_RATES::equals) || all;
        boolean compile = wanted.removeIf(LIST_COMPILE::equals) || all;
        boolean decide = wanted.removeIf(DECISION_MILLION::equals) || all;
        boolean controller = wanted.removeIf(CONTROLLER::equals) || all;
        boolean thousand = wanted.removeIf(LINK_THOUSAND::equals);
        boolean fullList = wanted.removeIf(FULL_LIST::equals);
        boolean memory = wanted.removeIf(LINK_MEMORY::equals) || all;
        List<Figure> figures = new ArrayList<>();
        for (String name : wanted) {
            Optional<Figure> figure = Figure.named(name);
            if (figure.isEmpty()) {
                System.err.println("bench: no figure of that name; there are " + names());
                System.exit(2);
            }
            figure.ifPresent(figures::add);
        }
        if (onAir) {
            printOnAir();
        }
        boolean held = !bareRates || printBareRates();
        held &= !compile || printed(ListCompile.measure(MILLION));
        held &= !decide || printed(DecisionMillion.measure(MILLION));
        held &= !controller
                || printed(WholeController.measure(
                        Path.of(System.getProperty("zhitong.bench.tree", "..")),
                        HUNDRED_THOUSAND,
                        TAPS,
                        QUIET_SECONDS));
        held &= !thousand || printed(LinkThousand.measure(CONTROLLERS, HUNDRED_THOUSAND));
        held &= !fullList || printed(FullList.measure(MILLION));
        if (memory) {
            held &= printed(LinkMemory.measure(MachineProfile.P256, DEVICES));
            held &= printed(LinkMemory.measure(MachineProfile.SM2, DEVICES_SM2));
        }
        if (keySets) {
            System.out.println(Machine.here().line());
            System.out.println(KeySetDelivery.measure(MILLION).line());
        }
        if (all || !figures.isEmpty()) {
            measure(file, all ? List.of(Figure.values()) : figures);
        }
        if (!held) {
            System.exit(1);
        }
    }

    private static boolean printed(ListCompile compiled) {
        System.out.println(compiled.line());
        return compiled.held();
    }

    private static boolean printed(WholeController measured) {
        System.out.println(Machine.here().line());
        System.out.println(measured.line());
        return measured.held();
    }

    private static boolean printed(DecisionMillion decided) {
        System.out.println(decided.line());
        return decided.held();
    }

    private static boolean printed(LinkThousand changed) {
        System.out.println(changed.line());
        return changed.held();
    }

    private static boolean printed(FullList sent) {
        System.out.println(sent.line());
        return sent.held();
    }

    private static boolean printed(LinkMemory weighed) {
        System.out.println(weighed.line());
        return weighed.held();
    }

    private static boolean printBareRates() {
        List<BareRate> rates = BareRate.measureAll();
        rates.forEach(rate -> System.out.println(rate.line()));
        return rates.stream().allMatch(BareRate::held);
    }

    private static void printOnAir() {
        try (OnAir transactions = new OnAir()) {
            System.out.println(Crossing.head());
            transactions.rows().forEach(row -> System.out.println(row.line()));
        }
    }

    private static String names() {
        return Arrays.stream(Figure.values()).map(Figure::label).collect(Collectors.joining(" ")) + " " + ON_AIR + " "
                + KEY_SETS + " " + BARE_RATES + " " + LIST_COMPILE + " " + DECISION_MILLION + " " + CONTROLLER + " "
                + LINK_THOUSAND + " " + FULL_LIST + " " + LINK_MEMORY;
    }

    private static void measure(Path file, List<Figure> figures) throws IOException, RunnerException {
        Machine machine = Machine.here();
        System.out.println(machine.line());
        System.out.printf("median of %d rounds, %d processes%n%s%n", ROUNDS * FORKS, FORKS, Measured.head());
        List<Measured> all = new ArrayList<>();
        for (Figure figure : figures) {
            if (figure.missing().isPresent()) {
                System.out.println("left out 未测: " + figure.label() + " (needs the Debian package "
                        + figure.missing().get() + ")");
                continue;
            }
            Measured measured = measured(figure, new Runner(options(figure)).run());
            System.out.println(measured.line());
            all.add(measured);
        }
        System.out.println(Machine.here().line());
        Files.writeString(file, json(machine, all));
        System.out.println("written to " + file);
    }

    private static Options options(Figure figure) {
        return new OptionsBuilder()
                .include("^" + figure.benchmark().getName().replace(".", "\\.") + "\\.(figure|limit)$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(FORKS)
                .warmupIterations(WARM_UP)
                .warmupTime(ROUND)
                .measurementIterations(ROUNDS)
                .measurementTime(ROUND)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static Measured measured(Figure figure, Collection<RunResult> results) {
        return new Measured(figure, rounds(results, "figure"), rounds(results, "limit"));
    }

    private static Rounds rounds(Collection<RunResult> results, String method) {
        return new Rounds(results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(round -> round.getPrimaryResult().getScore())
                .toList());
    }

    static String json(Machine machine, List<Measured> all) {
        return "{\"machine\":" + machine.json() + ",\"figures\":[\n"
                + all.stream().map(Measured::json).collect(Collectors.joining(",\n")) + "\n]}\n";
    }
}
