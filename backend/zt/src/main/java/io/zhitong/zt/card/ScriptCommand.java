package io.zhitong.zt.card;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardspec.CardException;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.file.NewCardOptions;
import io.zhitong.virtualcard.script.LineRandom;
import io.zhitong.virtualcard.script.ScriptCards;
import io.zhitong.virtualcard.script.ScriptRun;
import io.zhitong.virtualcard.script.VirtualCards;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings {@code zt card script} (卡脚本回放). */
public final class ScriptCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "script",
            mixinStandardHelpOptions = true,
            description = {
                "Tells a script to a card and compares the answers; stops at the first that differs. 卡脚本回放",
                "Lines: HEX [> EXPECTED] where EXPECTED is hex digits, ? for one digit, * for any digits, or torn;"
                        + " !card NAME PROFILE [CHIPID] makes a virtual card, !card NAME goes back to it; !reset;"
                        + " !random HEX; !tear N[:old|new|erased|random]; # begins a comment, a backslash at the end goes on in the next line.",
                "zt card shell --record and zt card apdu --record write such scripts.",
                "Without --file and --reader the script makes its cards; without a !card line it is told to one new"
                        + " card of --profile.",
                "Exit codes: 0 all as expected, 1 an answer differs, 2 a line is wrong, 3 no card, reader or file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "SCRIPT", description = "a script, - for standard input 脚本文件")
        private String script = "";

        @Mixin
        private NewCardOptions fresh = new NewCardOptions();

        @Mixin
        private ReaderOptions reader = new ReaderOptions();

        @Option(names = "--file", paramLabel = "FILE", description = "a card file; it is changed 卡文件")
        private Optional<Path> file = Optional.empty();

        @Option(
                names = "--keep",
                paramLabel = "DIR",
                description = "keeps the cards that !card makes, DIR/NAME.card 保留")
        private Optional<Path> keep = Optional.empty();

        @Option(names = "--quiet", description = "prints only the last line 只打印结论")
        private boolean quiet;

        @Override
        public Integer call() throws IOException {
            if (reader.given() && file.isPresent()) {
                throw new CommandFailure(ExitStatus.USAGE, "expected --file or --reader, not both");
            }
            return reader.given() ? onReader() : tell(virtual());
        }

        private int onReader() throws IOException {
            try (CardReader open = reader.open();
                    ReaderCards cards = new ReaderCards(open)) {
                return tell(cards);
            } catch (CardException e) {
                throw ApduCommand.failure(e);
            }
        }

        private ScriptCards virtual() throws IOException {
            LineRandom random = new LineRandom();
            if (keep.isPresent()) {
                Files.createDirectories(keep.get());
            }
            if (file.isPresent()) {
                return VirtualCards.of(CardFileStore.open(file.get()), random);
            }
            VirtualCards cards = new VirtualCards(random, fresh::batchKey, keep);
            if (fresh.profileName().isPresent()) {
                cards.choose("card", Optional.of(fresh.profile().name()), Optional.empty());
            }
            return cards;
        }

        private int tell(ScriptCards cards) throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            ScriptRun run = new ScriptRun(cards, (line, answer) -> {
                if (!quiet) {
                    out.println(line.replaceAll("\\s*[>#].*", "") + " > " + answer);
                }
            });
            try (BufferedReader in = read()) {
                int compared = run.run(in);
                out.println(compared + " answers as expected 应答与预期一致");
                return ExitStatus.OK.code();
            } finally {
                out.flush();
            }
        }

        private BufferedReader read() throws IOException {
            return script.equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(Path.of(script), StandardCharsets.UTF_8);
        }
    }
}
