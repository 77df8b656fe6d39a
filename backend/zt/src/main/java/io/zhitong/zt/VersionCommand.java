package io.zhitong.zt;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ProgramVersion;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zt version} (版本). */
public final class VersionCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.TOP;
    }

    @Override
    public Object command() {
        return new Print();
    }

    @Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version 显示版本.")
    static final class Print implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            out.println(new ProgramVersion().getVersion()[0]);
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
