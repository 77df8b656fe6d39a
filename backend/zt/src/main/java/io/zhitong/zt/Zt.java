package io.zhitong.zt;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ProgramVersion;
import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code zt}, the command line (命令行) of Zhitong: every module's commands, merged by group. */
public final class Zt {
    private Zt() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        List<ZtCommand> all = ServiceLoader.load(ZtCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        System.exit(commandLine(needed(all, arguments)).execute(arguments));
    }

    /**
     * The one command that the arguments name, and all of them when they name none or several: picocli takes longer to read
     * forty commands than most of them take to run.
     */
    static List<ZtCommand> needed(List<ZtCommand> all, String... arguments) {
        String words = String.join(" ", List.of(arguments).subList(0, Math.min(2, arguments.length))) + " ";
        List<ZtCommand> named =
                all.stream().filter(each -> words.startsWith(words(each))).toList();
        return named.size() == 1 ? named : all;
    }

    private static String words(ZtCommand each) {
        Command command = Objects.requireNonNull(
                each.command().getClass().getAnnotation(Command.class), "a command has picocli's annotation");
        return (each.group().word() + " " + command.name() + " ").stripLeading();
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
