package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys list} (列出主密钥): reads the folder, changes nothing, works beside a running vault. */
public final class KeysListCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Masters();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the masters with states, terms and check values 列出主密钥及状态、约定、校验值.")
    static final class Masters implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--share", paramLabel = "FILE", description = "a custodian's share; repeat 保管人分量文件，可重复")
        private List<Path> shares = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            return KeyOrderOptions.guarded(() -> {
                PrintWriter out = spec.commandLine().getOut();
                masters().forEach(master -> out.println(line(master)));
                out.flush();
                return ExitStatus.OK.code();
            });
        }

        /** Of the process that serves the folder, or of the folder itself with the quorum's shares. */
        private List<KeyListing> masters() {
            if (shares.isEmpty() && ServedVault.served(data)) {
                try (KeyAdministration vault = ServedVault.connect(data)) {
                    return vault.catalogue().masters();
                }
            }
            VaultStore.Opened opened = new VaultFolder(data).readMasters(shares, RandomSource.secure());
            try (VaultStore store = opened.store()) {
                assert store.generation() > 0;
                return opened.content().masters().stream()
                        .map(StoredMaster::about)
                        .toList();
            } finally {
                opened.content().close();
            }
        }

        private static String line(KeyListing key) {
            KeyTerms terms = key.terms();
            return String.format(
                    Locale.ROOT,
                    "%-40s %-11s %-4s %s  %s  %s – %s  %s %s",
                    key.key().text(),
                    key.state().english(),
                    key.state().chinese(),
                    key.kcvText(),
                    terms.origin().english() + " " + terms.origin().chinese(),
                    day(terms.from()),
                    day(terms.to()),
                    terms.exportability().letter(),
                    terms.custodian());
        }

        private static String day(long second) {
            return second == 0
                    ? "unlimited 不限"
                    : Instant.ofEpochSecond(second).toString().substring(0, 10);
        }
    }
}
