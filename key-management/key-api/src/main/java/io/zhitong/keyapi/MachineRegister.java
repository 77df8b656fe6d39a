package io.zhitong.keyapi;

import java.math.BigInteger;
import java.util.List;

/** The machine certificates a vault has given and taken back (机器证书登记). */
public interface MachineRegister {
    /** Most certificates of one answer. */
    int MOST = 500;

    /**
     * Certificates that are not long over, in the order they were given.
     *
     * @param from how many to pass over
     * @return at most {@value #MOST}; none when there are no more
     */
    List<IssuedMachine> issued(int from);

    /** What was taken back. */
    List<Revocation> revocations();

    /**
     * Takes a certificate back; it counts with the next handshake and question, and stands on the next revocation lists.
     * Once more changes nothing.
     *
     * @return what was taken back, after it
     */
    List<Revocation> revoke(BigInteger serial, RevocationReason reason);
}
