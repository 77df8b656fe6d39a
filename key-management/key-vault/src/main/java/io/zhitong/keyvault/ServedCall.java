package io.zhitong.keyvault;

import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.KeyAdministration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that people give to a running vault (管理命令): refusals end with 1, a vault that is away with 3. */
abstract class ServedCall implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
    private Path data = Path.of("vault");

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "PIN and secrets from here, a line each; else from the terminal 口令等保密输入文件，缺省为终端")
    private Optional<Path> secrets = Optional.empty();

    @Override
    public final Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        return KeyOrderOptions.guarded(() -> {
            try (KeyAdministration vault = ServedVault.connect(data);
                    SecretSource source = SecretSource.of(secrets)) {
                run(vault, source, out);
            } finally {
                out.flush();
            }
            return ExitStatus.OK.code();
        });
    }

    abstract void run(KeyAdministration vault, SecretSource secret, PrintWriter out) throws IOException;
}
