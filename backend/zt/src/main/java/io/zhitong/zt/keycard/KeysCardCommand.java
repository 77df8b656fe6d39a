package io.zhitong.zt.keycard;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import picocli.CommandLine.Command;

/** Brings {@code zt keys card} (密钥卡与 PSAM 发卡). */
public final class KeysCardCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Card();
    }

    @Command(
            name = "card",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = {
                "Key cards and SAMs through a reader 密钥卡制作、查验与 PSAM 发卡.",
                "PINs are asked for, on standard input where there is no terminal.",
                "Exit codes: 0 done, 1 refused, 2 wrong options, 3 no reader, no card, or no vault."
            },
            subcommands = {
                MakeCommand.class,
                ShowCommand.class,
                VerifyCommand.class,
                ListCommand.class,
                BlocksCommand.class,
                UnsealCommand.class,
                ProveCommand.class,
                ExchangeCommand.class,
                PsamFirstCommand.class,
                PsamSecondCommand.class
            })
    static final class Card {}
}
