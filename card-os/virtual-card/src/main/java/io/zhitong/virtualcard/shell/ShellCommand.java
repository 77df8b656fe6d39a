package io.zhitong.virtualcard.shell;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.file.NewCardOptions;
import io.zhitong.virtualcard.script.LineRandom;
import io.zhitong.virtualcard.script.Recorder;
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
import picocli.CommandLine.Option;

/** Brings {@code zt card shell} (卡命令行). */
public final class ShellCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    /** Options and start of the shell. */
    @Command(
            name = "shell",
            mixinStandardHelpOptions = true,
            description = {
                "Reads hex APDUs from standard input, one a line, and answers one a line. 逐行读写 APDU",
                "# begins a comment; !reset takes the power away and gives it back; !tear N[:old|new|erased|random]"
                        + " lets the power fail at the N-th program or erase operation of the next command, which is"
                        + " then answered 'torn'. All lines of zt card script are understood."
            })
    static final class Arguments implements Callable<Integer> {
        @Mixin
        private NewCardOptions fresh = new NewCardOptions();

        @Option(names = "--file", paramLabel = "FILE", description = "keeps the card; made if it is not there 卡文件")
        Optional<Path> file = Optional.empty();

        @Option(
                names = "--random",
                paramLabel = "HEX",
                description = "what the commands draw, in order; the shell stops when it runs out 随机数")
        Optional<String> random = Optional.empty();

        @Option(
                names = "--record",
                paramLabel = "FILE",
                description = "writes a script that zt card script tells again; it holds what the card drew 录制脚本")
        Optional<Path> record = Optional.empty();

        @Option(
                names = "--t0",
                description = "speaks T=0: answers to commands with data wait for GET RESPONSE, 00 C0 00 00 nn T=0 传输")
        boolean t0;

        @Override
        public Integer call() throws IOException {
            LineRandom drawn = new LineRandom();
            random.map(Arguments::fed).ifPresent(drawn::feed);
            VirtualCards cards = t0 ? VirtualCards.overT0(memory(), drawn) : VirtualCards.of(memory(), drawn);
            if (record.isEmpty()) {
                talk(cards);
                return ExitStatus.OK.code();
            }
            try (PrintWriter script =
                    new PrintWriter(Files.newBufferedWriter(record.get(), StandardCharsets.UTF_8), true)) {
                script.println(head(cards.card()));
                talk(new Recorder(cards, drawn, script));
            }
            return ExitStatus.OK.code();
        }

        private static void talk(ScriptCards cards) throws IOException {
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            new ScriptRun(cards, (line, answer) -> out.println(answer)).run(in);
        }

        private String head(Card card) {
            return file.map(f -> "# told to a card file; tell it again with --file")
                    .orElse("!card card " + card.profile().name() + " "
                            + Hex.of(card.identity().chipId()));
        }

        private static byte[] fed(String hex) {
            try {
                return Hex.parse(hex);
            } catch (MalformedInput e) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "--random: expected hex digits in pairs, came something else");
            }
        }

        private Nvm memory() throws IOException {
            if (file.isPresent() && Files.exists(file.get())) {
                return kept(file.get());
            }
            CardProfile wanted = fresh.profile();
            ChipIdentity identity = ChipIdentity.fresh(RandomSource.secure());
            try (SecretBytes key = fresh.batchKey()) {
                if (file.isPresent()) {
                    return CardFileStore.make(file.get(), wanted, identity, key);
                }
                Nvm nvm = Nvm.inMemory(wanted.memory());
                CardBirth.of(nvm, wanted, identity, key);
                return nvm;
            }
        }

        private Nvm kept(Path path) throws IOException {
            Nvm nvm = CardFileStore.open(path);
            String born = new Card(nvm, RandomSource.secure()).profile().name();
            if (fresh.profileName().filter(p -> !p.equals(born)).isPresent()) {
                throw new CommandFailure(
                        ExitStatus.USAGE,
                        "--profile " + fresh.profileName().get() + ": the card in " + path + " was born as " + born);
            }
            return nvm;
        }
    }
}
