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

/** {@code zt keys newest} (确认最新编号): the custodians' word when every machine that knew is gone. */
public final class KeysNewestCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Newest();
    }

    @Command(
            name = "newest",
            mixinStandardHelpOptions = true,
            description =
                    "Tell a restored vault, opened by its custodians, the newest audit number anybody remembers 确认最新编号.")
    static final class Newest implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--number", required = true, paramLabel = "N", description = "the newest audit number 最新审计编号")
        private long number;

        @Override
        public Integer call() {
            try (KeyAdministration vault = ServedVault.connect(data)) {
                KeysUnsealCommand.Unseal.print(
                        spec.commandLine().getOut(), vault.door().answerNewest(number));
                return ExitStatus.OK.code();
            } catch (KeyServiceException e) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, String.valueOf(e.getMessage()), e);
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, e.getMessage(), e);
            }
        }
    }
}
