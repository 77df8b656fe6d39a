package io.zhitong.virtualcard.world;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
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
                names = "--transport-key",
                paramLabel = "FILE",
                description = "batch key of new cards, 32 hex digits; read when a card is made 传输密钥")
        Optional<Path> transportKey = Optional.empty();

        @Override
        public Integer call() throws IOException, InterruptedException {
            CountDownLatch stopped = new CountDownLatch(1);
            try (CardWorldServer server = new CardWorldServer(settings(), InstantSource.system())) {
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
                System.out.println("card world on port " + server.port());
                System.out.println("ready");
                System.out.flush();
                stopped.await();
            } catch (WorldFault e) {
                throw new CommandFailure(ExitStatus.USAGE, "--reader: " + e.getMessage(), e);
            }
            return ExitStatus.OK.code();
        }

        private CardWorldServer.Settings settings() throws IOException {
            Files.createDirectories(data);
            try {
                return new CardWorldServer.Settings(data, port, vpcd, readers, transportKey);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitStatus.USAGE, String.valueOf(e.getMessage()), e);
            }
        }
    }
}
