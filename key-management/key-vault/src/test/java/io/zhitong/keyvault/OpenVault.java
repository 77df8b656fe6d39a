package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyvault.module.SoftModule;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.RandomSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A demo vault without a port, for tests that need its rules only. */
final class OpenVault implements AutoCloseable {
    private static final MachineName BACKEND = new MachineName(MachineRole.BACKEND, "backend-1");

    private final Vault vault;

    private OpenVault(Vault vault) {
        this.vault = vault;
    }

    static OpenVault make(Path folder) {
        new VaultFolder(folder).makeDemo(RandomSource.secure(), Clock.systemUTC());
        return open(folder);
    }

    static OpenVault open(Path folder) {
        VaultFolder where = new VaultFolder(folder);
        VaultStore.Opened opened = where.open(List.of(), RandomSource.secure());
        return new OpenVault(
                new Vault(opened, where.audit(), new SoftModule(RandomSource.secure()), Clock.systemUTC()));
    }

    KeyService service() {
        return vault.serviceFor(BACKEND);
    }

    Vault vault() {
        return vault;
    }

    /** What a card that got this key would hold: the root master from the store, derived apart from the vault's code. */
    CardSide cardKey(KeyRef ref) {
        StoredMaster root = vault.content().masters().stream()
                .filter(master -> master.usage() == ref.usage())
                .findFirst()
                .orElseThrow();
        return CardSide.of(root.key(), ref.factors());
    }

    @Override
    public void close() {
        vault.close();
    }
}
