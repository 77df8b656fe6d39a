package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A master compartment that is a box: it opens with the master it was made with. It outlives a restart. */
final class BoxedBirth implements MasterBirth {
    final List<String> told = new ArrayList<>();
    Optional<SecretBytes> aside = Optional.empty();
    Optional<SecretBytes> opened = Optional.empty();
    boolean born;
    boolean failing;

    @Override
    public boolean born() {
        return born;
    }

    @Override
    public boolean pending() {
        return aside.isPresent() && !born;
    }

    @Override
    public List<KeyListing> make(SecretBytes master, CeremonySettings settings) {
        if (failing) {
            throw new VaultException(VaultFault.FILE, "planted");
        }
        if (aside.isPresent()) {
            told.add("opened");
            check(master);
        } else {
            told.add("made");
            aside = Optional.of(SecretBytes.takeOver(master.export(SecretAccess.TOKEN)));
        }
        return List.of();
    }

    private void check(SecretBytes master) {
        if (!aside.orElseThrow().equals(master)) {
            throw new VaultException(VaultFault.WRONG_QUORUM, "another master");
        }
    }

    @Override
    public long prove(SecretBytes master) {
        check(master);
        told.add("proven");
        return 1;
    }

    @Override
    public void adopt(QuorumId quorum, boolean rehearsal, Optional<SecretBytes> master) {
        told.add("adopted " + quorum.needed() + " of " + quorum.dealt() + (master.isPresent() ? " open" : " sealed"));
        born = true;
        opened = master;
    }

    @Override
    public void discard() {
        told.add("discarded");
        aside = Optional.empty();
    }
}
