package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyvault.store.StoredMaster;
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

    /** A vault whose masters were made for a demo, and are open. */
    static OpenVault make(Path folder) {
        VaultFolder where = QuickPins.folder(folder);
        Vault vault = where.open(RandomSource.secure(), Clock.systemUTC());
        where.makeDemo(vault, RandomSource.secure(), Clock.systemUTC());
        return new OpenVault(vault);
    }

    static OpenVault open(Path folder) {
        OpenVault sealed = sealed(folder);
        try {
            new VaultFolder(folder).unseal(sealed.vault, List.of());
        } catch (VaultException e) {
            sealed.close();
            throw e;
        }
        return sealed;
    }

    /** Nobody gave a share yet. */
    static OpenVault sealed(Path folder) {
        return new OpenVault(QuickPins.folder(folder).open(RandomSource.secure(), Clock.systemUTC()));
    }

    KeyService service() {
        return vault.serviceFor(BACKEND);
    }

    Vault vault() {
        return vault;
    }

    /** What a card that got this key would hold: the root master from the store, derived apart from the vault's code. */
    CardSide cardKey(KeyRef ref) {
        return vault.masters().use(open -> {
            StoredMaster root = open.content().masters().stream()
                    .filter(master -> master.name().leadsTo(ref))
                    .findFirst()
                    .orElseThrow();
            return CardSide.of(
                    root.key(),
                    ref.factors().subList(root.path().size(), ref.factors().size()));
        });
    }

    @Override
    public void close() {
        vault.close();
    }
}
