package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys init} (建立密钥库). */
public final class KeysInitCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Init();
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Make a vault and deal its shares 建立密钥库并生成保管人分量.")
    static final class Init implements Callable<Integer> {
        private static final int MOST = 255;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(
                names = "--shares",
                required = true,
                paramLabel = "DIR",
                description = "folder for the share files, one for each custodian to take away 分量输出目录")
        private Path shares = Path.of("shares");

        @Option(names = "--needed", description = "how many open the vault 开启所需份数 (${DEFAULT-VALUE})")
        private int needed = 3;

        @Option(names = "--dealt", description = "how many there are 总份数 (${DEFAULT-VALUE})")
        private int dealt = 4;

        @Override
        public Integer call() throws IOException {
            if (needed < 2 || dealt < needed || dealt > MOST) {
                throw new CommandFailure(ExitStatus.USAGE, "expected 2 <= needed <= dealt <= " + MOST);
            }
            Files.createDirectories(data);
            try {
                make();
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("vault made; " + needed + " of " + dealt + " shares in " + shares
                    + " open it: give each to its custodian and delete the folder");
            out.println("密钥库已建立；" + shares + " 中 " + dealt + " 份分量取 " + needed + " 份可开启：请交各保管人后删除该目录");
            out.flush();
            return ExitStatus.OK.code();
        }

        private void make() throws IOException {
            RandomSource random = RandomSource.secure();
            VaultFolder folder = new VaultFolder(data);
            try (FileChannel lock = VaultProcess.lock(data);
                    Vault vault = folder.open(random, Clock.systemUTC())) {
                folder.make(vault, shares, needed, dealt, false, random, Clock.systemUTC());
                assert lock.isOpen();
            }
        }
    }
}
