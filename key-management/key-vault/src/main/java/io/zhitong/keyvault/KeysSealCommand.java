package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys seal} (关闭主密钥区). */
public final class KeysSealCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Seal();
    }

    @Command(
            name = "seal",
            mixinStandardHelpOptions = true,
            description = "Close the master keys of the running vault; lists and commands go on 关闭主密钥区.")
    static final class Seal implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Override
        public Integer call() {
            try (KeyAdministration vault = ServedVault.connect(data)) {
                KeysUnsealCommand.Unseal.print(
                        spec.commandLine().getOut(), vault.door().seal());
                return ExitStatus.OK.code();
            } catch (KeyServiceException | VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, String.valueOf(e.getMessage()), e);
            }
        }
    }
}
