package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys export} (导出密钥块). */
public final class KeysExportCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Export();
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Let a master out as a key block under an exchange key 以交换密钥保护，导出密钥块.")
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private KeyOrderOptions options = new KeyOrderOptions();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "USAGE/VERSION[:FACTOR…]",
                description = "the master 主密钥")
        private String key = "";

        @Option(
                names = "--exchange",
                required = true,
                paramLabel = "EXCHANGE/VERSION:PARTNER",
                description = "the partner's exchange key 对方的交换密钥")
        private String exchange = "";

        @Override
        public Integer call() throws Exception {
            return options.order(
                    spec.commandLine().getOut(),
                    new KeyOrder.ExportKeyBlock(KeyOrderOptions.key(key), KeyOrderOptions.key(exchange)));
        }
    }
}
