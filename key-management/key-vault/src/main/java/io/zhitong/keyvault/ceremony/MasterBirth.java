package io.zhitong.keyvault.ceremony;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyvault.quorum.QuorumId;
import io.zhitong.smcrypto.SecretBytes;
import java.util.List;
import java.util.Optional;

/** Where a ceremony makes the master compartment (主密钥区的建立): aside, until it is closed. */
public interface MasterBirth {
    /** Whether the vault has masters that no ceremony replaces. */
    boolean born();

    /** Whether a store made aside waits for its place. */
    boolean pending();

    /**
     * Makes the store under this master; one that an interrupted call left is opened instead.
     *
     * @param master stays the caller's
     * @return the masters in it
     */
    List<KeyListing> make(SecretBytes master, CeremonySettings settings);

    /**
     * Opens the store with a master that was joined from shares, looks, and lets it go.
     *
     * @param master stays the caller's
     * @return its generation
     * @throws io.zhitong.keyvault.VaultException when it does not open
     */
    long prove(SecretBytes master);

    /**
     * Puts the store in its place, again without effect.
     *
     * @param quorum which shares open it
     * @param rehearsal whether its keys are marked test keys
     * @param master taken over, to open it with at once; without, it stays sealed
     */
    void adopt(QuorumId quorum, boolean rehearsal, Optional<SecretBytes> master);

    /** Deletes what was made aside. */
    void discard();
}
