package io.zhitong.machinetls;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who stands at the other end of a finished handshake (对端机器).
 *
 * @param name role and name from the certificate that was accepted
 * @param serial the certificate's serial number
 * @param expires its last instant of validity
 * @param profile of the certificate's key
 */
public record MachinePeer(MachineName name, BigInteger serial, Instant expires, MachineProfile profile) {

    /** The peer of an established session; empty when the peer showed no certificate (server-authenticated only). */
    public static Optional<MachinePeer> of(SSLSession session) {
        try {
            return Optional.of(of((X509Certificate) session.getPeerCertificates()[0]));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** What a certificate says; it is the caller who knows whether it may be believed. */
    public static MachinePeer of(X509Certificate certificate) {
        return new MachinePeer(
                MachineName.of(certificate),
                certificate.getSerialNumber(),
                certificate.getNotAfter().toInstant(),
                Curves.profile(certificate.getPublicKey()));
    }

    public MachineRole role() {
        return name.role();
    }
}
