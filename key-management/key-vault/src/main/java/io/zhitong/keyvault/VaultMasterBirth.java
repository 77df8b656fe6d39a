package io.zhitong.keyvault;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyvault.ceremony.MasterBirth;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.keyvault.store.Compartment;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.keyvault.store.StoredMaster;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.keyvault.store.VaultStore;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes the master compartment in the folder {@code ceremony/} and moves it to its place when the ceremony closes
 * (仪式中的主密钥区). A rehearsal's masters give way to those of a later ceremony, no others do.
 */
final class VaultMasterBirth implements MasterBirth {
    private final Vault vault;
    private final Path place;
    private final Path aside;
    private final RandomSource random;
    private final Clock clock;

    VaultMasterBirth(Vault vault, VaultFolder folder, RandomSource random, Clock clock) {
        this.vault = vault;
        this.place = folder.path();
        this.aside = folder.path().resolve("ceremony");
        this.random = random;
        this.clock = clock;
    }

    @Override
    public boolean born() {
        return vault.masters().made() && !vault.rehearsal();
    }

    @Override
    public boolean pending() {
        return VaultStore.exists(aside, Compartment.MASTERS);
    }

    @Override
    public List<KeyListing> make(SecretBytes master, CeremonySettings settings) {
        if (!pending()) {
            VaultBirth birth = new VaultBirth(random, clock);
            VaultContent first = settings.roots() ? birth.masterContent() : birth.masterContent(List.of());
            VaultContent content = vault.firstMasters(first);
            VaultStore.create(aside, Compartment.MASTERS, OpenMasters.copy(master), false, content, random)
                    .close();
            content.close();
        }
        VaultStore.Opened opened = open(master);
        try (VaultStore store = opened.store()) {
            if (store.generation() <= replaced()) {
                store.save(opened.content(), replaced() + Vault.LEAP);
            }
            return opened.content().masters().stream().map(StoredMaster::about).toList();
        } finally {
            opened.content().close();
        }
    }

    /** Generation of a rehearsal's store: a standby takes newer ones only. */
    private long replaced() {
        return VaultStore.exists(place, Compartment.MASTERS)
                ? VaultStore.generationOf(VaultStore.newest(place, Compartment.MASTERS))
                : 0;
    }

    @Override
    public long prove(SecretBytes master) {
        VaultStore.Opened opened = open(master);
        try (VaultStore store = opened.store()) {
            opened.content().close();
            return store.generation();
        }
    }

    private VaultStore.Opened open(SecretBytes master) {
        return VaultStore.open(aside, Compartment.MASTERS, OpenMasters.copy(master), random);
    }

    @Override
    public void adopt(QuorumId quorum, boolean rehearsal, Optional<SecretBytes> master) {
        if (pending()) {
            vault.seal("ceremony");
            vault.adopt(quorum, rehearsal);
            VaultStore.files(place, Compartment.MASTERS).forEach(SafeFiles::delete);
            VaultStore.files(aside, Compartment.MASTERS)
                    .forEach(file -> SafeFiles.move(file, place.resolve(file.getFileName())));
        }
        master.ifPresent(vault::unseal);
    }

    @Override
    public void discard() {
        VaultStore.files(aside, Compartment.MASTERS).forEach(SafeFiles::delete);
    }
}
