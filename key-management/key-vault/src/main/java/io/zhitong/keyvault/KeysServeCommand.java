package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys serve} (启动密钥库). */
public final class KeysServeCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Serve(settings -> VaultProcess.start(settings, Clock.systemUTC(), RandomSource.secure()));
    }

    /** How a vault is started. */
    @FunctionalInterface
    interface Start {
        VaultProcess of(VaultProcess.Settings settings) throws IOException;
    }

    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "Run the key vault until it is stopped 启动密钥库.")
    static final class Serve implements Callable<Integer> {
        private final Start start;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(
                names = "--port",
                required = true,
                paramLabel = "PORT",
                description = "port on loopback, 0 takes a free one 端口")
        private int port;

        @Option(
                names = "--demo",
                description = "on the first start make a marked demo quorum beside the store 演示：首次启动自动生成演示分量")
        private boolean demo;

        @Option(names = "--share", paramLabel = "FILE", description = "a custodian's share; repeat 保管人分量文件，可重复")
        private List<Path> shares = new ArrayList<>();

        @Option(names = "--new-backend-token", description = "write a new backend.token 生成新的后台注册令牌")
        private boolean newToken;

        @Option(
                names = "--module",
                paramLabel = "soft|sdf:FILE",
                description = "where masters live; kept in module.conf 主密钥所在模块，记入 module.conf")
        private String module = "";

        @Option(
                names = "--pin-file",
                paramLabel = "FILE",
                description = "password of the device's private keys 设备私钥口令文件")
        private @Nullable Path pinFile;

        @Option(
                names = "--key-index",
                defaultValue = "1",
                paramLabel = "N",
                description = "the device's first key pair 首个密钥对索引")
        private int keyIndex;

        @Option(names = "--kek-index", defaultValue = "1", paramLabel = "N", description = "the device's KEK 密钥加密密钥索引")
        private int kekIndex;

        Serve(Start start) {
            this.start = start;
        }

        @Override
        public Integer call() throws IOException {
            keepModule();
            VaultProcess.Settings settings = new VaultProcess.Settings(data, port, demo, shares, newToken);
            CountDownLatch stop = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            try (VaultProcess process = started(settings)) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
                PrintWriter out = spec.commandLine().getOut();
                out.println("vault on 127.0.0.1:" + process.port());
                out.println("ready");
                out.flush();
                stop.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stopped.countDown();
            return ExitStatus.OK.code();
        }

        private void keepModule() throws IOException {
            if (module.matches("sdf:.+") && pinFile != null) {
                new ModuleChoice(Path.of(module.replaceFirst("sdf:", "")), pinFile, keyIndex, kekIndex).write(data);
            } else if (module.equals("soft")) {
                ModuleChoice.forget(data);
            } else if (!module.isEmpty()) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "expected --module soft, or sdf:FILE with --pin-file; PKCS#11 has no SM4");
            }
        }

        private VaultProcess started(VaultProcess.Settings settings) throws IOException {
            try {
                return start.of(settings);
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }

        /** SIGTERM: the process may only end once the vault is closed. */
        private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
