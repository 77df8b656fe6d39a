package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import java.util.List;

/**
 * Opening and closing the masters of a running vault (密钥库开关). Custodians give their shares one at a time, each at a place
 * of his own; they lie in the vault's memory only, until enough are there.
 */
public interface VaultDoor {
    /** Minutes after the first share when all that were given are forgotten. */
    int MINUTES = 10;

    /** Refused shares after which all that were given are forgotten. */
    int MOST_WRONG = 3;

    /** Words of devices that may be passed on at once. */
    int MOST_WORDS = 256;

    /** Where it stands. */
    DoorState door();

    /**
     * Gives one share; the last one needed opens the masters.
     *
     * @param share 94 hex digits as ASCII, blanks ignored; the caller closes it
     * @throws KeyServiceException {@link KeyRefusal#BAD_SHARE} torn or mistyped, {@link KeyRefusal#OTHER_SHARES} of another
     *     set, {@link KeyRefusal#SHARE_REPEATED}, {@link KeyRefusal#WRONG_QUORUM} when together they open nothing
     */
    DoorState giveShare(SecretBytes share);

    /** Forgets the shares given so far. */
    DoorState forgetShares();

    /** Closes the masters; what is being answered is answered first. */
    DoorState seal();

    /**
     * A machine says what it knows of the vault's newest number, and is told the newest; both keep it. A vault that hears of
     * a number it has not given was set back, and waits as {@link VaultState#RESTORED}; a restored vault goes on, behind
     * every number it hears of, when more than half of the machines it remembers have spoken.
     *
     * @param known what the caller knows
     * @return what the caller keeps from now on; empty while the vault waits
     */
    Testimony testify(Testimony known);

    /**
     * A backend passes on what devices told it; each counts as one machine more. Its word is signed by the vault itself, so
     * whoever passes it on can only keep it back.
     *
     * @param words at most {@value #MOST_WORDS}, one a device
     * @return where the vault stands afterwards
     */
    DoorState passOn(List<DeviceWord> words);

    /**
     * The custodians' own answer when those machines are gone: needs the masters open.
     *
     * @param newest the newest number anybody remembers, not below the vault's own
     */
    DoorState answerNewest(long newest);
}
