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
