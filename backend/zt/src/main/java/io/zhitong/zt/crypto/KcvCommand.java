package io.zhitong.zt.crypto;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings {@code zt crypto kcv} (密钥校验值). */
public final class KcvCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CRYPTO;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "kcv",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the check values of every key of the file, each with its method. 密钥校验值",
                "Exit codes: 0 done, 1 the file is not one of test keys, 2 wrong options, 3 no such file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private TestKeyOptions options = new TestKeyOptions();

        @Override
        public Integer call() throws IOException {
            TestKeys keys = options.read();
            PrintWriter out = spec.commandLine().getOut();
            var explanation = new Explanation(out);
            var steps = new CipherSteps(options.algorithm(), explanation);
            for (String name : keys.names()) {
                explanation.part("key 密钥 " + name);
                steps.kcv(keys.key(name));
            }
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
