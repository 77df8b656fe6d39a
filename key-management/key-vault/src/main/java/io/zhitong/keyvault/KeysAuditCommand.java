package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import picocli.CommandLine.Command;

/** {@code zt keys audit} (审计链): shows, exports and checks the vault's audit. */
public final class KeysAuditCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Audit();
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = "Show, export and check the audit chain 查看、导出、校验审计链.",
            subcommands = {AuditShowCommand.class, AuditExportCommand.class, AuditVerifyCommand.class})
    static final class Audit {}
}
