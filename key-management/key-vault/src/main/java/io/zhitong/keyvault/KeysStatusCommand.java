package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyvault.audit.AuditChain;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys status} (查看密钥库): reads the folder, changes nothing, works beside a running vault. */
public final class KeysStatusCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Status();
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Show keys with their KCVs and check store and audit 列出密钥及校验值，检查存储与审计.")
    static final class Status implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Option(names = "--share", paramLabel = "FILE", description = "a custodian's share; repeat 保管人分量文件，可重复")
        private List<Path> shares = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            try {
                return report(out);
            } catch (VaultException e) {
                throw new CommandFailure(ExitStatus.CHECK_FAILED, e.getMessage(), e);
            } finally {
                out.flush();
            }
        }

        private int report(PrintWriter out) throws IOException {
            VaultFolder folder = new VaultFolder(data);
            VaultStore.Opened opened = folder.read(RandomSource.secure());
            try (VaultStore store = opened.store()) {
                out.println("operational compartment 运行区: generation " + store.generation()
                        + ", opens by a file of this machine 由本机文件开启");
                opened.refused().forEach(damage -> out.println("DAMAGED 损坏: " + damage));
                if (opened.content().note(Vault.REHEARSAL).isPresent()) {
                    out.println("REHEARSAL 演练密钥: its masters are for no production");
                }
                boolean intact = printMasters(out, folder) && opened.refused().isEmpty();
                printAudit(out, folder.audit(), opened.content());
                return (intact ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
            } finally {
                opened.content().close();
            }
        }

        private boolean printMasters(PrintWriter out, VaultFolder folder) {
            if (!VaultStore.exists(data, Compartment.MASTERS)) {
                out.println("master compartment 主密钥区: not made yet 未建立");
                return true;
            }
            if (shares.isEmpty() && !folder.opensByItself()) {
                out.println("master compartment 主密钥区: to list its keys give the custodians' shares with --share FILE");
                return true;
            }
            VaultStore.Opened opened = folder.readMasters(shares, RandomSource.secure());
            try (VaultStore store = opened.store()) {
                out.println("master compartment 主密钥区: generation " + store.generation());
                if (store.demoQuorum()) {
                    out.println("DEMO QUORUM 演示用分量: the shares lie beside the store");
                }
                opened.refused().forEach(damage -> out.println("DAMAGED 损坏: " + damage));
                printKeys(out, opened.content());
            } finally {
                opened.content().close();
            }
            return opened.refused().isEmpty();
        }

        private static void printAudit(PrintWriter out, Path file, VaultContent content) throws IOException {
            AuditPosition known = new AuditPosition(content.auditNumber(), content.auditHash());
            if (known.number() == 0 && !Files.exists(file)) {
                out.println("audit 审计: none yet, the vault was never served 尚未启动过");
                return;
            }
            AuditChain.Checked audit = AuditChain.verify(file, known, VaultBackup.auditKey(content));
            out.println("audit 审计: " + audit.end().number() + " records, " + audit.checkpoints() + " checkpoints, hash "
                    + Hex.of(audit.end().hash()));
        }

        private static void printKeys(PrintWriter out, VaultContent content) {
            content.masters().forEach(master -> out.println(line(master.about())));
        }

        private static String line(KeyListing key) {
            return String.format(
                    Locale.ROOT,
                    "%-15s v%-3d level %d  %-11s %-6s %s  %s",
                    key.usage(),
                    key.version(),
                    key.level(),
                    key.state().english(),
                    key.state().chinese(),
                    key.kcvText(),
                    key.usage().chinese());
        }
    }
}
