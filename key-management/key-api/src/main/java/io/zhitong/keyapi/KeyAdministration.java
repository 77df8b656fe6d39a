package io.zhitong.keyapi;

/**
 * What people do to a vault's keys (密钥管理), as far as it is not asked by programs all day ({@link KeyService}): console
 * and command line use it alike, in the vault's own process or over its wire. Each part is an interface of its own.
 *
 * <p>Implementations are thread-safe. Every method of every part throws {@link KeyServiceException} with the reason of a
 * refusal.
 */
public interface KeyAdministration extends AutoCloseable {
    /** Opening and closing the masters. */
    VaultDoor door();

    /** What the vault says about its keys. */
    KeyCatalogue catalogue();

    /** The machine certificates given and taken back. */
    MachineRegister machines();

    /** The custodians and what needs two of them. */
    Custodians custodians();

    /** The ceremony that makes the master compartment. */
    Ceremonies ceremonies();

    /** The register of key cards, shares and SAMs. */
    CustodyRegister register();

    /** The custodians' authentication cards. */
    AuthenticationCards authenticationCards();

    /** What the vault shows to who examines it. */
    VaultEvidence evidence();

    /** Ends the connection; the vault goes on. */
    @Override
    void close();
}
