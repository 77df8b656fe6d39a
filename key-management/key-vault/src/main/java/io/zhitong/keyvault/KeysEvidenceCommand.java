package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys evidence} (密评证据包). */
public final class KeysEvidenceCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Evidence();
    }

    @Command(
            name = "evidence",
            mixinStandardHelpOptions = true,
            description = "Lay out what an examiner of the running vault needs (GB/T 39786), nothing secret 生成密评证据包.")
    static final class Evidence implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to put it 输出目录")
        private Path out = Path.of("evidence");

        @Override
        public Integer call() throws IOException {
            return AuditCommands.run(() -> {
                try (KeyAdministration vault = ServedVault.connect(data)) {
                    print(spec.commandLine().getOut(), new EvidenceCollector(vault, out));
                }
                return ExitStatus.OK.code();
            });
        }

        private static void print(PrintWriter to, EvidenceCollector collector) throws IOException {
            for (Path file : collector.collect()) {
                to.println("SM3 " + Hex.of(Sm3.hash(Files.readAllBytes(file))) + "  " + file);
            }
            to.flush();
        }
    }
}
