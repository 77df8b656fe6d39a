package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/**
 * Custodians and dual control (保管人与双人控制). What changes a key is proposed, approved by two different custodians and
 * then done once by the vault itself.
 */
public interface Custodians {
    /** Wrong PINs in a row after which a custodian is locked. */
    int MOST_WRONG_PINS = 5;

    /** All of them, by number. */
    List<Custodian> list();

    /**
     * Changes a custodian's PIN.
     *
     * @param oldPin 6 to 12 digits as ASCII; a wrong one counts
     * @param newPin 6 to 12 digits as ASCII
     */
    void changePin(int custodian, SecretBytes oldPin, SecretBytes newPin);

    /**
     * Writes an order down for approval.
     *
     * @param proposer who asks, for the record: a name as {@link Custodian#name()}
     */
    Proposal propose(String proposer, KeyOrder order);

    /** Proposals that wait, and those of the last time that were done, failed, expired or were withdrawn. */
    List<Proposal> proposals();

    /**
     * Approves; the second approval does what was ordered.
     *
     * @param number the proposal's one-time number, 8 bytes
     * @param digest {@link Proposal#digest()} of what the custodian was shown, 32 bytes
     * @return the proposal after it
     */
    Proposal approve(byte[] number, byte[] digest, int custodian, SecretBytes pin);

    /** Withdraws a proposal that waits; one custodian is enough to stop. */
    Proposal withdraw(byte[] number, int custodian, SecretBytes pin);
}
