package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;

/**
 * The ceremony that makes a vault's master compartment (密钥仪式), step by step; docs/keys.md#ceremony. It outlives the
 * vault's process: what was reached is kept, what is secret is given again. Every call but {@link #status} and
 * {@link #transcript} answers the state after it.
 */
public interface Ceremonies {
    /** Where the ceremony stands; step {@link CeremonyStep#NONE} when there was none. */
    CeremonyStatus status();

    /** Begins one; refused while another runs and once the vault has a master compartment. */
    CeremonyStatus start(CeremonySettings settings);

    /**
     * Names the next custodian, who takes the next number.
     *
     * @param name as {@link Custodian#name()}; twice the same is refused
     * @param pin 6 to 12 digits as ASCII, chosen by the custodian
     */
    CeremonyStatus join(String name, SecretBytes pin);

    /**
     * Binds a custodian to a component before anybody's is known.
     *
     * @param commitment {@link CeremonyCommitment#of}, made where the custodian sits
     * @param salt that went into it, 16 bytes
     */
    CeremonyStatus commit(int custodian, SecretBytes pin, byte[] salt, byte[] commitment);

    /**
     * Gives the component that was committed to; the last one makes the masters. After a restart every custodian gives it
     * again.
     */
    CeremonyStatus reveal(int custodian, SecretBytes pin, SecretBytes component);

    /** Hands a custodian his own share; again only until he has confirmed it. */
    DealtShare deal(int custodian, SecretBytes pin);

    /**
     * Takes a share back in as proof that it was written down right.
     *
     * @param share the text of the share as ASCII, blanks ignored
     */
    CeremonyStatus confirm(int custodian, SecretBytes pin, SecretBytes share);

    /** Ends a ceremony whose shares have opened the store; the custodians are the vault's from now on. */
    CeremonyStatus close(int custodian, SecretBytes pin);

    /**
     * Gives a ceremony up, with everything it made. While nobody has joined, or when everybody is locked, nobody's PIN is
     * asked: custodian 0.
     *
     * @param custodian one who has joined
     */
    CeremonyStatus abort(int custodian, SecretBytes pin);

    /** The transcript as far as it goes, docs/keys.md#transcript. */
    String transcript();
}
