package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import picocli.CommandLine.Command;

/** {@code zt keys custodians} (保管人): PINs, and what needs two of them. */
public final class KeysCustodiansCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new All();
    }

    @Command(
            name = "custodians",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Custodians, their PINs, and orders that need two of them 保管人、口令与双人批准.",
            subcommands = {
                CustodianCommands.ListAll.class,
                CustodianCommands.Pin.class,
                CustodianCommands.Unlock.class,
                CustodianQuorumCommands.Add.class,
                CustodianQuorumCommands.Reset.class,
                CustodianCommands.Proposals.class,
                CustodianCommands.Approve.class,
                CustodianCommands.Withdraw.class
            })
    static final class All {}
}
