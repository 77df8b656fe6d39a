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

/** {@code zt keys restore} (恢复密钥库): into a new folder, with the custodians' shares. */
public final class KeysRestoreCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Restore();
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = "Make a vault of a backup; it waits for the newest number anybody knows 由备份恢复密钥库.")
    static final class Restore implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--from", required = true, paramLabel = "FILE", description = "the backup 备份文件")
        private Path from = Path.of("vault.backup");

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
                    long number = VaultBackup.restore(from, data, read, RandomSource.secure())
                            .number();
                    print(number);
                } finally {
                    read.forEach(Share::close);
                }
                return ExitStatus.OK.code();
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }

        private void print(long number) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("restored up to audit record " + number
                    + "; served, it signs and issues nothing until its backends, or with zt keys newest its custodians,"
                    + " say how far it had come");
            out.println("已恢复至审计第 " + number + " 条；启动后在后台或保管人（zt keys newest）确认最新编号之前不签名、不发卡");
            out.flush();
        }
    }
}
