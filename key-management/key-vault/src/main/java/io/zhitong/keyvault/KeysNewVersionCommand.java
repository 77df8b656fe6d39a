package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.Exportability;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyOrigin;
import io.zhitong.keyapi.KeyTerms;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys new-version} (生成新版本主密钥). */
public final class KeysNewVersionCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new NewVersion();
    }

    @Command(
            name = "new-version",
            mixinStandardHelpOptions = true,
            description = "Draw a new version of a master; it begins pre-active 生成新版本主密钥，初始为未启用.")
    static final class NewVersion implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private KeyOrderOptions options = new KeyOrderOptions();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "USAGE/VERSION[:FACTOR…]",
                description = "its name, with the new version's number 名称及新版本号")
        private String key = "";

        @Option(names = "--from", paramLabel = "DATE", description = "first day of its validity, here 生效日期")
        private Optional<LocalDate> from = Optional.empty();

        @Option(names = "--to", paramLabel = "DATE", description = "day from which no new card gets it 停发日期")
        private Optional<LocalDate> to = Optional.empty();

        @Option(names = "--exportable", description = "it may leave as a key block 允许以密钥块导出")
        private boolean exportable;

        @Option(names = "--custodian", paramLabel = "NAME", description = "who answers for it 责任保管人")
        private String custodian = "";

        @Override
        public Integer call() throws Exception {
            KeyTerms terms = new KeyTerms(
                    KeyOrigin.MADE,
                    exportable ? Exportability.EXCHANGE : Exportability.NEVER,
                    second(from),
                    second(to),
                    custodian);
            return options.order(
                    spec.commandLine().getOut(), new KeyOrder.NewKeyVersion(KeyOrderOptions.key(key), terms));
        }

        private static long second(Optional<LocalDate> day) {
            return day.map(each -> each.atStartOfDay(ZoneId.systemDefault()).toEpochSecond())
                    .orElse(0L);
        }
    }
}
