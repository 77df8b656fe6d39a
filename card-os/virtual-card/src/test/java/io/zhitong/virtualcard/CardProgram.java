package io.zhitong.virtualcard;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** The module's commands as a process of their own, as {@code zt card …} runs them. */
public final class CardProgram {
    private CardProgram() {}

    /** First argument: the command's name. */
    public static void main(String[] arguments) {
        ZtCommand wanted = StreamSupport.stream(
                        ServiceLoader.load(ZtCommand.class).spliterator(), false)
                .filter(c -> new CommandLine(c.command()).getCommandName().equals(arguments[0]))
                .findFirst()
                .orElseThrow();
        String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        System.exit(Programs.commandLine(wanted.command()).execute(rest));
    }

    /** Starts it; standard error goes where standard output goes. */
    public static Process start(Path output, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                CardProgram.class.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
