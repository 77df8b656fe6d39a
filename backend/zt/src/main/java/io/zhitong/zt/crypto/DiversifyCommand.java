package io.zhitong.zt.crypto;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings {@code zt crypto diversify} (密钥分散演算). */
public final class DiversifyCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CRYPTO;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "diversify",
            mixinStandardHelpOptions = true,
            description = {
                "Derives a key level by level and prints every intermediate value. 密钥分散，逐级演算",
                "Exit codes: 0 done, 1 the file is not one of test keys, 2 wrong options, 3 no such file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private TestKeyOptions options = new TestKeyOptions();

        @Option(names = "--key", required = true, paramLabel = "NAME", description = "the key to begin with 起始密钥")
        private String key = "";

        @Option(
                names = "--factor",
                paramLabel = "HEX",
                description = "8 bytes, repeated for each level from the top 分散因子，自上而下")
        private List<String> factors = List.of();

        @Override
        public Integer call() throws IOException {
            List<byte[]> path = TestKeyOptions.factors("--factor", factors);
            TestKeys keys = options.read();
            byte[] from = keys.key(key);
            PrintWriter out = spec.commandLine().getOut();
            var explanation = new Explanation(out);
            explanation.result(
                    "derived 分散结果", new CipherSteps(options.algorithm(), explanation).derive(key, from, path));
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
