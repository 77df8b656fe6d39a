package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.smcrypto.RandomSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys backup} (备份密钥库): of a running vault too. */
public final class KeysBackupCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Backup();
    }

    @Command(
            name = "backup",
            mixinStandardHelpOptions = true,
            description = "Write the vault to one file that only its quorum opens 备份密钥库到一个文件.")
    static final class Backup implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--to", required = true, paramLabel = "FILE", description = "the backup 备份文件")
        private Path to = Path.of("vault.backup");

        @Override
        public Integer call() {
            try {
                AuditPosition end = VaultBackup.make(data, to, RandomSource.secure());
                PrintWriter out = spec.commandLine().getOut();
                out.println("backup 备份: up to audit record " + end.number() + " 审计至第 " + end.number() + " 条");
                out.flush();
                return ExitStatus.OK.code();
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }
    }
}
