package io.zhitong.zt.card;

import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CardException;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings {@code zt card hands} (放卡与取卡). */
public final class HandsCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "hands",
            mixinStandardHelpOptions = true,
            description = {
                "Moves the cards of a running card world: list · insert CARD READER · remove READER ·"
                        + " new CARD PROFILE. 放卡与取卡",
                "Exit codes: 0 done, 2 wrong words, 3 no card world there, or it refused."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--driver", required = true, paramLabel = "HOST:PORT", description = "of zt card serve 地址")
        private String driver = "";

        @Parameters(paramLabel = "WORD", arity = "1..3", description = "what to do 动作")
        private List<String> words = List.of();

        @Override
        public Integer call() {
            try (CardWorldClient world = new CardWorldClient(ReaderOptions.address(driver))) {
                act(world);
                return ExitStatus.OK.code();
            } catch (CardException e) {
                throw ApduCommand.failure(e);
            }
        }

        private void act(CardWorldClient world) {
            switch (words.get(0) + words.size()) {
                case "list1" -> {
                    PrintWriter out = spec.commandLine().getOut();
                    out.println(world.list());
                    out.flush();
                }
                case "insert3" -> world.insert(words.get(1), words.get(2));
                case "remove2" -> world.remove(words.get(1));
                case "new3" -> world.newCard(words.get(1), words.get(2));
                default ->
                    throw new CommandFailure(
                            ExitStatus.USAGE,
                            "expected list, insert CARD READER, remove READER or new CARD PROFILE 用法见 --help");
            }
        }
    }
}
