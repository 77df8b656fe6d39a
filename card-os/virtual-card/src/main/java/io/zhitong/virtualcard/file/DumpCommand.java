package io.zhitong.virtualcard.file;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.virtualcard.CardFileStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings {@code zt card dump} (卡内容清单). */
public final class DumpCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "dump",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what a card file holds: files, key check values, tries, balances, log; never a key or a PIN."
                        + " 卡内容清单",
                "The file is not changed; power cut inside a command is recovered in a copy.",
                "Exit codes: 0 shown, 2 wrong options, 3 no card in the file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "a card file 卡文件")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            Nvm copy = CardFileStore.copy(file);
            PrintWriter out = spec.commandLine().getOut();
            new CardDump(new Card(copy, RandomSource.secure()), out).print();
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
