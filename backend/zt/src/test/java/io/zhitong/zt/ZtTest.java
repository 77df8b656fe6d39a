package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ProgramVersion;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class ZtTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_prints_the_number_and_ends_with_0() {
        assertEquals(0, run(ServiceLoader.load(ZtCommand.class), "version"));
        assertTrue(out.toString().startsWith("zhitong " + ProgramVersion.number()), out.toString());
    }

    @Test
    void two_modules_share_one_group() {
        List<ZtCommand> commands = List.of(in(CommandGroup.CARD, new One()), in(CommandGroup.CARD, new Two()));
        assertEquals(11, run(commands, "card", "one"));
        assertEquals(22, run(commands, "card", "two"));
    }

    @Test
    void two_commands_of_one_name_in_a_group_are_refused() {
        List<ZtCommand> commands = List.of(in(CommandGroup.KEYS, new One()), in(CommandGroup.KEYS, new One()));
        assertThrows(CommandLine.InitializationException.class, () -> Zt.commandLine(commands));
    }

    @Test
    void a_group_without_a_command_ends_with_2_and_points_to_help() {
        assertEquals(2, run(List.of(in(CommandGroup.CARD, new One())), "card"));
        assertTrue(err.toString().contains("see zt card --help"), err.toString());
    }

    @Test
    void an_unknown_command_ends_with_2() {
        assertEquals(2, run(List.of(), "fly"));
        assertTrue(err.toString().startsWith("zt: Unmatched argument"), err.toString());
    }

    @Test
    void help_names_each_group_with_its_words() {
        assertEquals(0, run(List.of(in(CommandGroup.SETTLE, new One())), "--help"));
        assertTrue(out.toString().contains("settlement files 清算文件"), out.toString());
    }

    @Test
    void only_the_command_that_is_named_is_made_and_all_are_when_none_is_or_two_are() {
        ZtCommand one = in(CommandGroup.CARD, new One());
        ZtCommand two = in(CommandGroup.CARD, new Two());
        ZtCommand key = in(CommandGroup.KEYS, new One());
        ZtCommand top = in(CommandGroup.TOP, new Two());
        List<ZtCommand> all = List.of(one, two, key, top);
        assertEquals(List.of(one), Zt.needed(all, "card", "one", "two"));
        assertEquals(List.of(key), Zt.needed(all, "keys", "one"));
        assertEquals(List.of(top), Zt.needed(all, "two", "--help"));
        assertEquals(List.of(top), Zt.needed(all, "two"));
        for (List<String> open : List.of(
                List.<String>of(),
                List.of("card"),
                List.of("card", "--help"),
                List.of("card", "on"),
                List.of("--help", "card", "one"))) {
            assertEquals(all, Zt.needed(all, open.toArray(String[]::new)), open.toString());
        }
        List<ZtCommand> twice = List.of(one, in(CommandGroup.CARD, new One()));
        assertEquals(twice, Zt.needed(twice, "card", "one"));
    }

    @Test
    void every_command_is_found_by_its_words() {
        List<ZtCommand> all = ServiceLoader.load(ZtCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (ZtCommand each : all) {
            String name = CommandLine.Model.CommandSpec.forAnnotatedObject(each.command())
                    .name();
            String[] words = (each.group().word() + " " + name).strip().split(" ");
            assertEquals(List.of(each), Zt.needed(all, words), String.join(" ", words));
        }
    }

    private int run(Iterable<ZtCommand> commands, String... arguments) {
        CommandLine line = Zt.commandLine(commands);
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private static ZtCommand in(CommandGroup group, Object command) {
        return new ZtCommand() {
            @Override
            public CommandGroup group() {
                return group;
            }

            @Override
            public Object command() {
                return command;
            }
        };
    }

    @Command(name = "one")
    static final class One implements Callable<Integer> {
        @Override
        public Integer call() {
            return 11;
        }
    }

    @Command(name = "two")
    static final class Two implements Callable<Integer> {
        @Override
        public Integer call() {
            return 22;
        }
    }
}
