package io.zhitong.virtualcard;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One command line told to a command in this process: exit code and what it printed. */
public record ToldCommand(int code, String out, String err) {
    /** Runs it. */
    public static ToldCommand run(ZtCommand command, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = java.util.Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        return new ToldCommand(line.execute(words), out.toString(), err.toString());
    }
}
