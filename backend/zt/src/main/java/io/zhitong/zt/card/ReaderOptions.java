package io.zhitong.zt.card;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which reader (读卡器选项): one of PC/SC, or one behind the TCP reader driver of docs/readers.md. */
public final class ReaderOptions {
    private static final Pattern ADDRESS = Pattern.compile("([^:\\s]{1,255}):(\\d{1,5})");

    @Option(
            names = "--reader",
            paramLabel = "NAME",
            description = "name or part of the name of a PC/SC reader; with --driver the whole name 读卡器")
    private Optional<String> name = Optional.empty();

    @Option(names = "--driver", paramLabel = "HOST:PORT", description = "the reader is behind a TCP reader driver")
    private Optional<String> driver = Optional.empty();

    /** Whether a reader was named at all. */
    boolean given() {
        return name.isPresent() || driver.isPresent();
    }

    /** @throws CommandFailure if there is not exactly one reader that is meant */
    public CardReader open() {
        return open(name);
    }

    /** Another reader of the same driver, or of PC/SC; throws as {@link #open()}. */
    public CardReader open(String other) {
        return open(Optional.of(other));
    }

    private CardReader open(Optional<String> name) {
        if (driver.isPresent()) {
            return new TcpReader(
                    address(driver.get()),
                    name.orElseThrow(() -> new CommandFailure(ExitStatus.USAGE, "--driver needs --reader NAME")));
        }
        List<String> fitting = PcscReader.names().stream()
                .filter(n -> name.isEmpty() || n.contains(name.get()))
                .toList();
        if (fitting.size() != 1) {
            throw new CommandFailure(
                    ExitStatus.ENVIRONMENT,
                    "expected one reader that --reader means, found 找到: "
                            + (fitting.isEmpty() ? "none" : String.join(", ", fitting)));
        }
        return PcscReader.named(fitting.get(0));
    }

    static InetSocketAddress address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
            throw new CommandFailure(ExitStatus.USAGE, "--driver: expected HOST:PORT");
        }
        return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    }
}
