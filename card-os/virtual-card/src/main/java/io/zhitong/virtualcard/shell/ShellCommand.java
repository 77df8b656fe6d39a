package io.zhitong.virtualcard.shell;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.FedRandom;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.CardFileStore;
import io.zhitong.virtualcard.TransportKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
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
                        + " then answered 'torn'."
            })
    static final class Arguments implements Callable<Integer> {
        @Option(names = "--profile", paramLabel = "NAME", description = "blank (default), community, psam or fm1208 卡型")
        Optional<String> profile = Optional.empty();

        @Option(names = "--file", paramLabel = "FILE", description = "keeps the card; made if it is not there 卡文件")
        Optional<Path> file = Optional.empty();

        @Option(
                names = "--random",
                paramLabel = "HEX",
                description = "what the commands draw, in order; the shell stops when it runs out 随机数")
        Optional<String> random = Optional.empty();

        @Option(
                names = "--transport-key",
                paramLabel = "FILE",
                description = "batch key of a new card, 32 hex digits; zeros without it 传输密钥")
        Optional<Path> transportKey = Optional.empty();

        @Override
        public Integer call() throws IOException {
            Card card = new Card(memory(), random.map(this::fed).orElseGet(RandomSource::secure));
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            new Shell(card, out).run(in);
            return ExitStatus.OK.code();
        }

        private RandomSource fed(String hex) {
            try {
                return new FedRandom(Hex.parse(hex));
            } catch (MalformedInput e) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "--random: expected hex digits in pairs, came something else");
            }
        }

        private Nvm memory() throws IOException {
            if (file.isPresent() && Files.exists(file.get())) {
                return kept(file.get());
            }
            CardProfile wanted = named(profile.orElse("blank"));
            try (SecretBytes key = transportKey.map(TransportKey::read).orElseGet(TransportKey::ofShell)) {
                if (file.isPresent()) {
                    return CardFileStore.make(file.get(), wanted, key);
                }
                Nvm nvm = Nvm.inMemory(wanted.memory());
                CardBirth.of(nvm, wanted, ChipIdentity.fresh(RandomSource.secure()), key);
                return nvm;
            }
        }

        private Nvm kept(Path path) throws IOException {
            Nvm nvm = Nvm.open(path);
            try {
                String born = new Card(nvm, RandomSource.secure()).profile().name();
                if (profile.filter(p -> !p.equals(born)).isPresent()) {
                    throw new CommandFailure(
                            ExitStatus.USAGE,
                            "--profile " + profile.get() + ": the card in " + path + " was born as " + born);
                }
                return nvm;
            } catch (MalformedInput e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, path + ": " + e.getMessage(), e);
            }
        }

        private static CardProfile named(String name) {
            String known = CardProfile.all().stream().map(CardProfile::name).collect(Collectors.joining(", "));
            return CardProfile.named(name)
                    .orElseThrow(() ->
                            new CommandFailure(ExitStatus.USAGE, "--profile " + name + ": expected one of " + known));
        }
    }
}
