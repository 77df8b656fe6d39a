package io.zhitong.zt;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ProgramVersion;
import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code zt}, the command line (命令行) of Zhitong: every module's commands, merged by group. */
public final class Zt {
    private Zt() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(ServiceLoader.load(ZtCommand.class)).execute(arguments));
    }

    /**
     * The whole command line.
     *
     * @throws CommandLine.DuplicateNameException when two commands of a group have one name
     */
    static CommandLine commandLine(Iterable<ZtCommand> commands) {
        var top = new CommandLine(new Top());
        for (ZtCommand each : commands) {
            line(top, each.group()).addSubcommand(each.command());
        }
        return Programs.withHandlers(top);
    }

    private static CommandLine line(CommandLine top, CommandGroup group) {
        if (group == CommandGroup.TOP) {
            return top;
        }
        CommandLine known = top.getSubcommands().get(group.word());
        return known == null ? newGroup(top, group) : known;
    }

    private static CommandLine newGroup(CommandLine top, CommandGroup group) {
        CommandSpec spec = CommandSpec.create().name(group.word());
        spec.mixinStandardHelpOptions(true).versionProvider(new ProgramVersion());
        spec.usageMessage().description(group.description());
        var line = new CommandLine(spec);
        top.addSubcommand(group.word(), line);
        return line;
    }

    /** Without a sub-command picocli refuses: nothing was done. */
    @Command(
            name = "zt",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class,
            description = "Zhitong 智通 on the command line.")
    static final class Top {}
}
