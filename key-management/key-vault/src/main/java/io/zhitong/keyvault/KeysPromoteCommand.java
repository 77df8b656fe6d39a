package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.RandomSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys promote} (接替主密钥库): the custodians make a vault of what a standby has. */
public final class KeysPromoteCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Promote();
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Make a vault of a standby whose vault is dead; it fences the old one 由热备接替主密钥库.")
    static final class Promote implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--standby", required = true, paramLabel = "DIR", description = "the standby's folder 热备数据目录")
        private Path standby = Path.of("standby");

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "a new folder 新的数据目录")
        private Path data = Path.of("vault");

        @Option(
                names = "--share",
                required = true,
                paramLabel = "FILE",
                description = "a custodian's share; repeat 保管人分量文件，可重复")
        private List<Path> shares = new ArrayList<>();

        @Override
        public Integer call() {
            try {
                List<Share> read = ShareFiles.read(shares);
                try {
                    long number = VaultBackup.promote(standby, data, read, RandomSource.secure())
                            .number();
                    PrintWriter out = spec.commandLine().getOut();
                    out.println("took over at audit record " + number + "; serve " + data
                            + " and lead the backends to it: the old vault is fenced as soon as one comes back to it");
                    out.println("已在审计第 " + number + " 条接替；请启动 " + data + " 并将后台指向它");
                    out.flush();
                } finally {
                    read.forEach(Share::close);
                }
                return ExitStatus.OK.code();
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }
    }
}
