package io.zhitong.cliapi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How every program of ours (程序) treats its command line: what goes wrong is one line on standard error and an
 * {@link ExitStatus}. With the environment variable {@code ZHITONG_TRACE=1} the stack trace follows.
 */
public final class Programs {
    private Programs() {}

    /** The command line with our handlers; {@code execute} on it never throws. */
    public static CommandLine commandLine(Object command) {
        return withHandlers(new CommandLine(command));
    }

    /** Puts our handlers on a command line already built. */
    public static CommandLine withHandlers(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Programs::wrongUsage)
                .setExecutionExceptionHandler((e, on, result) -> failed(e, on));
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine on = e.getCommandLine();
        on.getErr().println(name(on) + ": " + oneLine(e.getMessage()) + " (see " + name(on) + " --help 查看用法)");
        on.getErr().flush();
        return ExitStatus.USAGE.code();
    }

    private static int failed(Throwable e, CommandLine on) {
        on.getErr().println(name(on) + ": " + explain(e));
        if ("1".equals(System.getenv("ZHITONG_TRACE"))) {
            e.printStackTrace(on.getErr());
        }
        on.getErr().flush();
        return status(e).code();
    }

    private static String name(CommandLine on) {
        return on.getCommandSpec().qualifiedName();
    }

    private static ExitStatus status(Throwable e) {
        if (e instanceof CommandFailure failure) {
            return failure.status();
        }
        return e instanceof IOException || e instanceof UncheckedIOException
                ? ExitStatus.ENVIRONMENT
                : ExitStatus.INTERNAL;
    }

    /** One line for a user: words for the common troubles of files and ports, else the exception's own message. */
    public static String explain(Throwable e) {
        if (e instanceof UncheckedIOException && e.getCause() != null) {
            return explain(e.getCause());
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "file not found 找不到文件: " + oneLine(e.getMessage());
        }
        if (e instanceof AccessDeniedException) {
            return "no permission 无权限: " + oneLine(e.getMessage());
        }
        if (e instanceof BindException) {
            return "port is taken, choose another 端口被占用: " + oneLine(e.getMessage());
        }
        if (e instanceof IOException && String.valueOf(e.getMessage()).contains("No space left")) {
            return "disk is full 磁盘已满: " + oneLine(e.getMessage());
        }
        return e instanceof CommandFailure ? oneLine(e.getMessage()) : internal(e);
    }

    private static String internal(Throwable e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + oneLine(e.getMessage()));
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
