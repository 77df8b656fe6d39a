package io.zhitong.keyvault;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Renewal;
import java.nio.file.Path;
import java.security.KeyPair;

/** TLS identities on the vault's own machine, made by its own authority; they lie outside the stores and open nothing in them. */
final class VaultIdentity {
    static final MachineName SELF = new MachineName(MachineRole.VAULT, "vault");

    private VaultIdentity() {}

    /**
     * The stored identity, or a new one when there is none, a third of its life is left, it was revoked or
     * another authority made it.
     */
    static MachineIdentity of(Path folder, Vault vault, MachineName self) {
        if (MachineIdentity.stored(folder, self.name())) {
            MachineIdentity stored = MachineIdentity.load(MachineProfile.SM2, folder, self.name());
            boolean ours = stored.chain().contains(vault.authority(MachineProfile.SM2));
            boolean revoked = vault.revoked(stored.chain().get(0).getSerialNumber());
            if (ours
                    && !revoked
                    && !Renewal.isDue(stored.chain().get(0), vault.machines().now())) {
                return stored;
            }
        }
        KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, self);
        MachineIdentity made = vault.machines().own(self, request).identity(MachineProfile.SM2, pair.getPrivate());
        made.store(folder, self.name());
        return made;
    }
}
