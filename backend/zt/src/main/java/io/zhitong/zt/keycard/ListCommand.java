package io.zhitong.zt.keycard;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.keyvault.VaultException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys card list} (列出在册密钥卡). */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Print key cards and SAMs that somebody has, from the register 列出在册密钥卡与 SAM.")
final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of the served vault 数据目录")
    private Path data = Path.of("vault");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (KeyAdministration vault = VaultAccess.people(data)) {
            vault.register().items().stream()
                    .filter(item -> item.state().there())
                    .map(ListCommand::line)
                    .forEach(out::println);
            out.flush();
            return ExitStatus.OK.code();
        } catch (KeyServiceException e) {
            throw new CommandFailure(ExitStatus.CHECK_FAILED, String.valueOf(e.getMessage()), e);
        } catch (VaultException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static String line(CustodyItem item) {
        return item.number() + "  " + item.entry().kind().chinese() + " "
                + item.entry().kind().english() + "  " + item.entry().serial() + "  "
                + item.entry().holder() + "  " + item.entry().about();
    }
}
