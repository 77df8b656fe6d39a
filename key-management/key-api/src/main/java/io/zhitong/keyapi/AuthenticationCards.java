package io.zhitong.keyapi;

import java.util.List;

/**
 * The custodians' second factor (认证卡). The vault keeps no key of a card: it keeps challenges that were put to it once, each
 * with the hash of the card's answer, and spends one for each proof. Who has a card approves with it and the PIN.
 */
public interface AuthenticationCards {
    /** Most challenges of one enrolment. */
    int MOST_PAIRS = 256;

    /** Minutes that a proof is good for, for one approval of one proposal. */
    int MINUTES = 5;

    /** All that are enrolled. */
    List<AuthenticationCard> cards();

    /**
     * A custodian's card, in place of an earlier one.
     *
     * @param custodian whose it is, with PIN
     * @param witness another custodian, with PIN
     * @param serial of the card, 10 bytes
     * @param pairs 1 to {@value #MOST_PAIRS} of challenge 16 ‖ the card's answer 16
     * @throws KeyServiceException {@link KeyRefusal#WITNESS_NEEDED}, {@link KeyRefusal#UNKNOWN_CUSTODIAN}, wrong PINs
     */
    AuthenticationCard enrol(CustodyPerson custodian, CustodyPerson witness, byte[] serial, List<byte[]> pairs);

    /**
     * What the custodian's card is to answer next, 16 bytes.
     *
     * @throws KeyServiceException {@link KeyRefusal#CARD_SPENT} when there is no card or nothing left
     */
    byte[] challenge(int custodian);

    /**
     * The card's answer; it spends the challenge, right or wrong.
     *
     * @param digest of the proposal that is to be approved, {@link Proposal#digest()}
     * @param answer 16 bytes
     * @throws KeyServiceException {@link KeyRefusal#CARD_ANSWER_WRONG}, {@link KeyRefusal#CARD_SPENT}
     */
    void prove(int custodian, byte[] digest, byte[] answer);
}
