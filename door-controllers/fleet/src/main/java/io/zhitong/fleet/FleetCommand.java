package io.zhitong.fleet;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings {@code zt fleet} (模拟设备群). */
public final class FleetCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.TOP;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "fleet",
            mixinStandardHelpOptions = true,
            description = {
                "Runs simulated controllers against a backend: real protocol, real decisions, people with habits. 模拟设备群",
                "Without --server against a backend of its own in the same process. docs/fleet.md",
                "Exit codes: 0 held, 1 something was lost, doubled or decided wrong, 2 wrong options, 3 cannot run here."
            })
    static final class Arguments implements Callable<Integer> {
        private static final int MOST = 10_000;
        private static final int TAPS_A_SECOND = 2_000;
        private static final Duration SILENCE = Duration.ofSeconds(8);

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--server", paramLabel = "HOST:PORT", description = "link port of the backend 后台连接端口")
        private @Nullable String server;

        @Option(names = "--enrol", paramLabel = "HOST:PORT", description = "its enrolment port, default: the next 注册端口")
        private @Nullable String enrol;

        @Option(names = "--authority", paramLabel = "FILE", description = "the pinned authority, ca.pem 机器证书机构")
        private @Nullable Path authority;

        @Option(names = "--tokens", paramLabel = "FILE", description = "one-time tokens, one a line 注册码文件")
        private @Nullable Path tokens;

        @Option(names = "--data", paramLabel = "DIR", description = "identities and journals are kept here 数据目录")
        private @Nullable Path data;

        @Option(names = "--profile", paramLabel = "P", description = "sm2 (default) or p256 证书类型")
        private MachineProfile profile = MachineProfile.SM2;

        @Option(names = "--controllers", paramLabel = "N", description = "1 to 10000, default 10 控制器数")
        private int controllers = 10;

        @Option(
                names = "--credentials",
                paramLabel = "M",
                description = "at most so many people of the access list, default 1000 凭证数")
        private int credentials = 1_000;

        @Option(names = "--seconds", paramLabel = "S", description = "in which a day passes, default 10 时长")
        private int seconds = 10;

        @Option(names = "--seed", paramLabel = "X", description = "same seed, same story 随机种子")
        private long seed = 1;

        @Option(
                names = "--taps",
                paramLabel = "T",
                description = "at most, default 20 a controller, never above 2000 a second 敲卡数")
        private int taps;

        @Option(
                names = "--faults",
                split = ",",
                paramLabel = "FAULT",
                description = "cut, half-open, slow, reorder, kill: one each second in turn 故障")
        private String[] faults = {};

        @Option(names = "--report", paramLabel = "FILE", description = "the report as JSON 报告")
        private @Nullable Path report;

        @Override
        public Integer call() throws IOException {
            require(controllers >= 1 && controllers <= MOST, "--controllers from 1 to " + MOST);
            require(credentials >= 1 && credentials <= 1_000_000, "--credentials from 1 to 1000000");
            require(seconds >= 1 && seconds <= 86_400, "--seconds from 1 to 86400");
            require(
                    server != null || data == null,
                    "--data with --server only: a backend of its own begins anew each time");
            FleetReport made = server == null ? alone() : against(address(server, "--server"));
            PrintWriter out = spec.commandLine().getOut();
            out.println(made.line());
            out.flush();
            if (report != null) {
                Files.writeString(report, made.json());
            }
            return (made.held() ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private FleetReport alone() {
            FleetEstate estate = FleetEstate.create(profile);
            try (FleetBackend backend = new FleetBackend(estate, new FleetLists(estate, credentials), record -> {})) {
                backend.start();
                List<FleetIdentity> all = IntStream.rangeClosed(1, controllers)
                        .parallel()
                        .mapToObj(estate::controller)
                        .toList();
                return run(all, backend.address(), Optional.of(backend));
            }
        }

        private FleetReport against(InetSocketAddress backend) throws IOException {
            if (authority == null || data == null) {
                throw usage("expected --authority FILE and --data DIR with --server");
            }
            String next = enrol == null ? backend.getHostString() + ":" + (backend.getPort() + 1) : enrol;
            InetSocketAddress desk = address(next, "--enrol");
            TokenEnrolment enrolment = new TokenEnrolment(
                    profile, new InetSocketAddress(desk.getHostString(), desk.getPort()), pinned(authority), data);
            List<String> lines = tokens == null ? List.of() : Files.readAllLines(tokens);
            return run(enrolment.identities(controllers, lines), backend, Optional.empty());
        }

        private static X509Certificate pinned(Path file) throws IOException {
            try {
                return Pem.certificates(Files.readString(file)).get(0);
            } catch (MachineTlsException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, "--authority: " + e.getMessage(), e);
            }
        }

        private FleetReport run(List<FleetIdentity> all, InetSocketAddress backend, Optional<FleetBackend> judge) {
            PrintWriter out = spec.commandLine().getOut();
            int most = Math.min(taps > 0 ? taps : 20 * controllers, TAPS_A_SECOND * seconds);
            FleetOptions options = new FleetOptions(
                    Duration.ofSeconds(seconds),
                    seed,
                    faults(),
                    most,
                    SILENCE,
                    Duration.ofSeconds(60).plusMillis(20L * controllers));
            try (Fleet fleet = new Fleet(
                    all,
                    backend,
                    options,
                    device -> Optional.ofNullable(data)
                            .map(folder -> new JournalFile(folder.resolve(device.certificateName() + ".journal"))),
                    line -> {
                        out.println(line);
                        out.flush();
                    })) {
                return fleet.run(credentials, judge);
            }
        }

        private List<Fault> faults() {
            return Arrays.stream(faults)
                    .filter(word -> !word.isBlank())
                    .map(word -> Fault.of(word)
                            .orElseThrow(() -> usage(
                                    "unknown fault " + word + ": expected cut, half-open, slow, reorder or kill")))
                    .toList();
        }

        private static InetSocketAddress address(String text, String option) {
            int colon = text.lastIndexOf(':');
            try {
                require(colon > 0, option + " HOST:PORT");
                return InetSocketAddress.createUnresolved(
                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitStatus.USAGE, "expected " + option + " HOST:PORT, not " + text, e);
            }
        }

        private static void require(boolean condition, String expected) {
            if (!condition) {
                throw usage("expected " + expected);
            }
        }

        private static CommandFailure usage(String message) {
            return new CommandFailure(ExitStatus.USAGE, message);
        }
    }
}
