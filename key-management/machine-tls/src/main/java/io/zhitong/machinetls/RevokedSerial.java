package io.zhitong.machinetls;

import java.math.BigInteger;
import java.time.Instant;

/**
 * An entry of an X.509 revocation list (吊销列表条目; RFC 5280, 5.3).
 *
 * @param serial of the certificate
 * @param since when it was revoked
 * @param reason CRLReason, 0–10 without 7
 */
public record RevokedSerial(BigInteger serial, Instant since, int reason) {
    private static final int MOST_REASON = 10;
    private static final int UNUSED_REASON = 7;

    public RevokedSerial {
        if (serial.signum() <= 0 || reason < 0 || reason > MOST_REASON || reason == UNUSED_REASON) {
            throw new MachineTlsException(MachineTlsError.BAD_REQUEST, "expected a positive serial and a CRLReason");
        }
    }
}
