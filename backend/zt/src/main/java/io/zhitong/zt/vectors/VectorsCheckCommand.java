package io.zhitong.zt.vectors;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.MalformedInput;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zt vectors check} (检查测试向量). */
public final class VectorsCheckCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.VECTORS;
    }

    @Override
    public Object command() {
        return new Check();
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Run vector files; exit code 0 only if every case passed 检查测试向量文件.")
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON files as in test-vectors/")
        private List<Path> files = List.of();

        @Override
        public Integer call() {
            boolean allPassed = true;
            for (Path file : files) {
                allPassed &= print(check(file));
            }
            return (allPassed ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private static VectorReport check(Path file) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, "cannot read file 无法读取文件: " + file);
            }
            try {
                return VectorFile.check(file);
            } catch (BadVector | MalformedInput e) {
                throw new CommandFailure(
                        ExitStatus.CHECK_FAILED, file.getFileName() + " 不是可用的测试向量: " + e.getMessage(), e);
            }
        }

        private boolean print(VectorReport report) {
            PrintWriter out = spec.commandLine().getOut();
            report.failures().forEach(out::println);
            out.println(report.summary());
            out.flush();
            return report.allPassed();
        }
    }
}
