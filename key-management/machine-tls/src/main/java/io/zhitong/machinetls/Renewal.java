package io.zhitong.machinetls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** When a machine asks for its next certificate (续期时点): when a third of its certificate's life is left. */
public final class Renewal {
    private static final int PARTS = 3;

    private Renewal() {}

    /** The first instant at which the certificate should be renewed. */
    public static Instant due(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        return to.minus(Duration.between(from, to).dividedBy(PARTS));
    }

    /** Whether the certificate should be renewed now; true too when its time is over. */
    public static boolean isDue(X509Certificate certificate, Instant now) {
        return !now.isBefore(due(certificate));
    }
}
