package io.zhitong.machinetls;

import java.security.cert.CertificateException;
import java.util.Optional;

/** A peer's certificate was refused. The peer itself learns only a TLS alert; {@link #reason()} is for our log. */
public final class PeerRefusedException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final PeerRefusal reason;

    PeerRefusedException(PeerRefusal reason) {
        super("peer certificate refused: " + reason.english());
        this.reason = reason;
    }

    public PeerRefusal reason() {
        return reason;
    }

    /** Digs the reason out of what a handshake threw: the TLS layer wraps it. */
    public static Optional<PeerRefusal> reasonOf(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 16; depth++, at = at.getCause()) {
            if (at instanceof PeerRefusedException refused) {
                return Optional.of(refused.reason());
            }
        }
        return Optional.empty();
    }
}
