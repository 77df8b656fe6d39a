package io.zhitong.keyvault;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;

/** TLS identities on the vault's own machine, made by its own authority; they lie outside the stores and open nothing in them. */
final class VaultIdentity {
    static final MachineName SELF = new MachineName(MachineRole.VAULT, "vault");
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);

    private VaultIdentity() {}

    /** The stored identity, or a new one when there is none, it nears its end or another authority made it. */
    static MachineIdentity of(Path folder, Vault vault, MachineName self) {
        if (MachineIdentity.stored(folder, self.name())) {
            MachineIdentity stored = MachineIdentity.load(MachineProfile.SM2, folder, self.name());
            Instant expires = MachinePeer.of(stored.chain().get(0)).expires();
            boolean ours = stored.chain().contains(vault.authority(MachineProfile.SM2));
            if (ours && Instant.now().plus(RENEW_BEFORE).isBefore(expires)) {
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
