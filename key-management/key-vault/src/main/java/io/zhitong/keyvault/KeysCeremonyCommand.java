package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import picocli.CommandLine.Command;

/** {@code zt keys ceremony} (密钥仪式): one subcommand for each step. */
public final class KeysCeremonyCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Ceremony();
    }

    @Command(
            name = "ceremony",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Make the masters of a running vault with its custodians 密钥仪式.",
            subcommands = {
                CeremonyCommands.Start.class,
                CeremonyCommands.Status.class,
                CeremonyCommands.Join.class,
                CeremonyCommands.Component.class,
                CeremonyCommands.Reveal.class,
                CeremonyCommands.Deal.class,
                CeremonyCommands.Confirm.class,
                CeremonyCommands.Close.class,
                CeremonyCommands.Abort.class,
                CeremonyCommands.Transcript.class
            })
    static final class Ceremony {}
}
