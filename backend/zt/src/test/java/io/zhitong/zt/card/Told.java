package io.zhitong.zt.card;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** One command line told to a command in this process: exit code and what it printed. */
record Told(int code, String out, String err) {
    static Told to(ZtCommand command, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new Told(code, out.toString(), err.toString());
    }
}
