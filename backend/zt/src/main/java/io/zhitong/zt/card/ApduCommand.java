package io.zhitong.zt.card;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.PcscReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.virtualcard.script.LineRandom;
import io.zhitong.virtualcard.script.Recorder;
import io.zhitong.virtualcard.script.ScriptCards;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings {@code zt card apdu} (通过读卡器发送 APDU). */
public final class ApduCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    /** A failure at the reader, in one line. */
    static CommandFailure failure(CardException e) {
        return new CommandFailure(ExitStatus.ENVIRONMENT, e.reason().zh() + " " + e.getMessage(), e);
    }

    @Command(
            name = "apdu",
            mixinStandardHelpOptions = true,
            description = {
                "Sends commands to the card on a reader and prints its answers, one a line. 通过读卡器发送 APDU",
                "GET RESPONSE is done where the card asks for it. Without a command: the names of the PC/SC readers.",
                "Exit codes: 0 answered, whatever the status word, 2 wrong options, 3 no reader, no card, or it left."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ReaderOptions reader = new ReaderOptions();

        @Parameters(paramLabel = "HEX", arity = "0..*", description = "commands, each one word 命令")
        private List<String> commands = List.of();

        @Option(names = "--record", paramLabel = "FILE", description = "writes a script for zt card script 录制脚本")
        private Optional<Path> record = Optional.empty();

        @Override
        public Integer call() throws IOException {
            List<byte[]> apdus = commands.stream().map(Arguments::parse).toList();
            PrintWriter out = spec.commandLine().getOut();
            try {
                if (apdus.isEmpty()) {
                    PcscReader.names().forEach(out::println);
                } else {
                    send(apdus, out);
                }
                return ExitStatus.OK.code();
            } catch (CardException e) {
                throw failure(e);
            } finally {
                out.flush();
            }
        }

        private void send(List<byte[]> apdus, PrintWriter out) throws IOException {
            try (CardReader open = reader.open();
                    ReaderCards cards = new ReaderCards(open)) {
                if (record.isEmpty()) {
                    apdus.forEach(apdu -> out.println(cards.command(apdu)));
                    return;
                }
                try (PrintWriter script =
                        new PrintWriter(Files.newBufferedWriter(record.get(), StandardCharsets.UTF_8), true)) {
                    ScriptCards recorded = new Recorder(cards, new LineRandom(), script);
                    apdus.forEach(apdu -> out.println(recorded.command(apdu)));
                }
            }
        }

        private static byte[] parse(String hex) {
            try {
                byte[] apdu = Hex.parse(hex);
                if (apdu.length >= 4 && apdu.length <= 261) {
                    return apdu;
                }
            } catch (MalformedInput e) {
                throw new CommandFailure(ExitStatus.USAGE, "expected commands of 4 to 261 bytes in hex digits", e);
            }
            throw new CommandFailure(ExitStatus.USAGE, "expected commands of 4 to 261 bytes in hex digits");
        }
    }
}
