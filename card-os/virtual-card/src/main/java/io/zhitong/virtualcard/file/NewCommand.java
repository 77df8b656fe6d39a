package io.zhitong.virtualcard.file;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.CardFileStore;
import java.io.IOException;
import java.io.PrintWriter;
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

/** Brings {@code zt card new} (新建卡文件). */
public final class NewCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a card file, as the card leaves the factory. 新建卡文件",
                "Exit codes: 0 made, 2 wrong options, 3 the file exists or cannot be written."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "must not exist 新文件")
        private Path file = Path.of("");

        @Mixin
        private NewCardOptions fresh = new NewCardOptions();

        @Option(names = "--chip-id", paramLabel = "HEX", description = "16 hex digits; random without it 芯片号")
        private Optional<String> chipId = Optional.empty();

        @Option(names = "--uid", paramLabel = "HEX", description = "8 hex digits, the first two 08; random without it")
        private Optional<String> uid = Optional.empty();

        @Override
        public Integer call() throws IOException {
            CardProfile profile = fresh.profile();
            ChipIdentity identity = identity();
            if (Files.exists(file)) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, "file exists, name another 文件已存在: " + file);
            }
            try (SecretBytes key = fresh.batchKey()) {
                CardFileStore.make(file, profile, identity, key);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(profile.name() + " " + Hex.of(identity.chipId()) + " " + Hex.of(identity.uid()));
            out.flush();
            return ExitStatus.OK.code();
        }

        private ChipIdentity identity() {
            ChipIdentity random = ChipIdentity.fresh(RandomSource.secure());
            try {
                return new ChipIdentity(
                        chipId.map(Hex::parse).orElse(random.chipId()),
                        uid.map(Hex::parse).orElse(random.uid()));
            } catch (MalformedInput | IllegalArgumentException e) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "--chip-id is 16 hex digits, --uid 8 of which the first two are 08", e);
            }
        }
    }
}
