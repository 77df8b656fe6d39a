package io.zhitong.keyvault;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.nio.file.Path;

/** What the vault shows its clients (密钥库自身证书), renewed while it runs. Thread-safe. */
final class OwnIdentities {
    private final Path data;
    private final Vault vault;
    private volatile MachineIdentity self;
    private volatile MachineTls tls;

    OwnIdentities(Path data, Vault vault) {
        this.data = data;
        this.vault = vault;
        this.self = present();
        this.tls = accepting(self);
    }

    /** For the next connection. */
    MachineTls tls() {
        return tls;
    }

    /** Renews what nears its end: the vault's own certificate and that of this machine's command line. */
    synchronized void renew() {
        MachineIdentity now = present();
        if (!now.chain().equals(self.chain())) {
            self = now;
            tls = accepting(now);
        }
        VaultIdentity.of(data.resolve("admin"), vault, ServedVault.ADMIN);
        VaultIdentity.of(data.resolve("standby"), vault, ServedVault.STANDBY);
    }

    private MachineIdentity present() {
        return VaultIdentity.of(data.resolve("tls"), vault, VaultIdentity.SELF);
    }

    private MachineTls accepting(MachineIdentity as) {
        return MachineTls.enrolling(
                as,
                PeerPolicy.of(
                                vault.authority(MachineProfile.SM2),
                                MachineRole.BACKEND,
                                MachineRole.ADMIN,
                                MachineRole.VAULT)
                        .withRevoked(vault::revoked));
    }
}
