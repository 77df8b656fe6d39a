package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.CryptoModule;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyLineage;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys lineage} (密钥谱系): where any key comes from; works beside a running vault. */
public final class KeysLineageCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Lineage();
    }

    @Command(
            name = "lineage",
            mixinStandardHelpOptions = true,
            description = "Show where a key comes from, with the check value of each step 显示密钥谱系及各级校验值.")
    static final class Lineage implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--share", paramLabel = "FILE", description = "a custodian's share; repeat 保管人分量文件，可重复")
        private List<Path> shares = new ArrayList<>();

        @Option(
                names = "--key",
                required = true,
                paramLabel = "USAGE/VERSION[:FACTOR…]",
                description = "any key, down to a card's own 任意密钥，直至单卡")
        private String key = "";

        @Override
        public Integer call() throws Exception {
            KeyRef ref = KeyOrderOptions.key(key);
            return KeyOrderOptions.guarded(() -> {
                PrintWriter out = spec.commandLine().getOut();
                print(out, lineage(ref));
                out.flush();
                return ExitStatus.OK.code();
            });
        }

        private KeyLineage lineage(KeyRef ref) {
            if (shares.isEmpty() && ServedVault.served(data)) {
                try (KeyAdministration vault = ServedVault.connect(data)) {
                    return vault.catalogue().lineage(ref);
                }
            }
            VaultFolder folder = new VaultFolder(data);
            VaultStore.Opened opened = folder.readMasters(shares, RandomSource.secure());
            try (VaultStore store = opened.store();
                    CryptoModule module = folder.home(RandomSource.secure()).open()) {
                assert store.generation() > 0;
                return new MasterKeys(module, opened.content().masters(), Clock.systemUTC()).lineage(ref);
            }
        }

        private static void print(PrintWriter out, KeyLineage lineage) {
            KeyRef master = lineage.master().key();
            out.println(lineage.key().usage().english() + " "
                    + lineage.key().usage().chinese() + ", "
                    + lineage.key().usage().chain().english() + " "
                    + lineage.key().usage().chain().chinese());
            out.println("master 主密钥 " + master.text() + "  " + lineage.master().kcvText() + "  "
                    + lineage.master().state().english() + " "
                    + lineage.master().state().chinese());
            for (int i = 0; i < lineage.kcvs().size(); i++) {
                byte[] factor = lineage.key().factors().get(master.factors().size() + i);
                out.println("  ↓ " + Hex.of(factor) + "  " + lineage.kcvText(i));
            }
        }
    }
}
