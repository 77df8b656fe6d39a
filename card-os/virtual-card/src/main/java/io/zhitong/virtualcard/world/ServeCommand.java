package io.zhitong.virtualcard.world;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings {@code zt card serve} (虚拟卡世界进程). */
public final class ServeCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    /** Options and life of the process. */
    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "The card world: virtual cards on virtual readers, on the loopback address only. 虚拟卡世界")
    static final class Arguments implements Callable<Integer> {
        @Option(names = "--port", required = true, paramLabel = "P", description = "of the reader driver 端口")
        int port;

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "cards, places, relay log 数据目录")
        Path data = Path.of("");

        @Option(names = "--reader", paramLabel = "NAME", description = "repeatable; desk and door-1 without it 读卡器")
        List<String> readers = List.of("desk", "door-1");

        @Option(
                names = "--vpcd",
                paramLabel = "PORT",
                description =
                        "shows the first two readers to a pcscd whose vpcd listens here (Debian: 35963) and on the next port")
        Optional<Integer> vpcd = Optional.empty();

        @Option(
                names = "--pcscd",
                description = "starts a pcscd of its own that shows the first two readers as \"Card World 00 00\" and"
                        + " \"… 01\"; Debian packages pcscd and vsmartcard-vpcd 自带 PC/SC")
        boolean pcscd;

        @Option(
                names = "--transport-key",
                paramLabel = "FILE",
                description = "batch key of new cards, 32 hex digits; read when a card is made 传输密钥")
        Optional<Path> transportKey = Optional.empty();

        @Override
        public Integer call() throws IOException, InterruptedException {
            CountDownLatch stopped = new CountDownLatch(1);
            CardWorldServer.Settings settings = settings();
            try (CardWorldServer server = new CardWorldServer(settings, InstantSource.system())) {
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
                if (pcscd) {
                    startPcscd(settings.vpcdPort().orElseThrow());
                }
                System.out.println("card world on port " + server.port());
                System.out.println("ready");
                System.out.flush();
                stopped.await();
            } catch (WorldFault e) {
                throw new CommandFailure(ExitStatus.USAGE, "--reader: " + e.getMessage(), e);
            }
            return ExitStatus.OK.code();
        }

        private void startPcscd(int vpcdPort) throws IOException {
            PcscDaemon daemon = PcscDaemon.start(data, vpcdPort);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon), "stop-pcscd"));
        }

        private static void end(PcscDaemon daemon) {
            try {
                daemon.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private CardWorldServer.Settings settings() throws IOException {
            if (pcscd && PcscDaemon.missing().isPresent()) {
                throw new CommandFailure(
                        ExitStatus.ENVIRONMENT,
                        "--pcscd: install 请安装 " + PcscDaemon.missing().get());
            }
            Files.createDirectories(data);
            if (pcscd && vpcd.isEmpty()) {
                vpcd = Optional.of(PcscDaemon.freePorts());
            }
            try {
                return new CardWorldServer.Settings(data, port, vpcd, readers, transportKey);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
            }
        }
    }
}
