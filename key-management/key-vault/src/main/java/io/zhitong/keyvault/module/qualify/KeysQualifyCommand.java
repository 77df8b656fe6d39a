package io.zhitong.keyvault.module.qualify;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyvault.module.qualify.Qualification.Order;
import io.zhitong.keyvault.module.qualify.Qualification.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys qualify} (检测密码设备库): calls a vendor's library and says where it leaves GM/T 0018. */
public final class KeysQualifyCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Qualify();
    }

    @Command(
            name = "qualify",
            mixinStandardHelpOptions = true,
            description = "Check a vendor's GM/T 0018 library; it uses one key pair and one KEK, and changes none "
                    + "检测厂商 SDF 库，不改动设备内的密钥.")
    static final class Qualify implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--sdf", required = true, paramLabel = "FILE", description = "the vendor's library 厂商库文件")
        private Path library = Path.of("libsdf.so");

        @Option(names = "--pin-file", paramLabel = "FILE", description = "password of the private keys 私钥口令文件")
        private @Nullable Path pinFile;

        @Option(
                names = "--key-index",
                defaultValue = "1",
                paramLabel = "N",
                description = "internal key pair 内部密钥对索引, ${DEFAULT-VALUE}")
        private int keyIndex;

        @Option(
                names = "--kek-index",
                defaultValue = "1",
                paramLabel = "N",
                description = "key encryption key 密钥加密密钥索引, ${DEFAULT-VALUE}")
        private int kekIndex;

        @Option(
                names = "--patience",
                defaultValue = "30",
                paramLabel = "SECONDS",
                description = "for one check 单项检测时限, ${DEFAULT-VALUE}")
        private int patience;

        @Option(names = "--report", paramLabel = "FILE", description = "write the report as JSON 写出 JSON 报告")
        private @Nullable Path report;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(library)) {
                throw new NoSuchFileException(library.toString());
            }
            Outcome outcome = Qualification.of(
                    new Order(library.toAbsolutePath(), pinFile, keyIndex, kekIndex, Duration.ofSeconds(patience)));
            if (outcome.unusable().isPresent()) {
                throw new CommandFailure(
                        ExitStatus.ENVIRONMENT,
                        "the library cannot be used 无法使用该库: "
                                + outcome.unusable().get());
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(QualifyReport.text(outcome));
            out.flush();
            if (report != null) {
                Files.writeString(report, QualifyReport.json(outcome, library, Instant.now()), StandardCharsets.UTF_8);
            }
            return (outcome.passed() ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }
    }
}
