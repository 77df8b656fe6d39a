package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyvault.custodian.DualControl;
import io.zhitong.smcrypto.RandomSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * A vault that no process serves, opened by its quorum's shares for one command (离线密钥库). The quorum that is present stands
 * for the approvals of two custodians.
 */
final class OfflineVault implements AutoCloseable {
    private static final int NUMBER = 8;

    private final FileChannel lock;
    private final Vault vault;
    private final Clock clock = Clock.systemUTC();

    private OfflineVault(FileChannel lock, Vault vault) {
        this.lock = lock;
        this.vault = vault;
    }

    /**
     * Opens the folder and its masters.
     *
     * @param shares the custodians' share files; a demo opens by itself without any
     * @throws VaultException when a process serves it or it does not open
     */
    static OfflineVault open(Path data, List<Path> shares) throws IOException {
        FileChannel lock = VaultProcess.lock(data);
        try {
            VaultFolder folder = new VaultFolder(data);
            Vault vault = folder.open(RandomSource.secure(), Clock.systemUTC());
            try {
                folder.unseal(vault, shares);
                return new OfflineVault(lock, vault);
            } catch (RuntimeException e) {
                vault.close();
                throw e;
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Its custodians, for the quorum that is present. */
    DualControl custodians() {
        return vault.people().custodians();
    }

    /** Does one order and writes down that it was done. */
    String execute(String what, Function<MasterOrders, Function<byte[], String>> order) {
        RandomSource random = RandomSource.secure();
        byte[] number = random.bytes(NUMBER);
        MasterOrders orders = new MasterOrders(vault.masters(), random, clock);
        String outcome = order.apply(orders).apply(number);
        vault.audited(AuditKind.ORDER_DONE, "quorum at the command line", what);
        return outcome;
    }

    @Override
    public void close() throws IOException {
        vault.close();
        lock.close();
    }
}
