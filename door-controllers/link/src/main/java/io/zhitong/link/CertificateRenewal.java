package io.zhitong.link;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a device comes to its next certificate (证书续期). Called on the link's worker thread, one call after the other. */
public interface CertificateRenewal {

    /**
     * The PKCS#10 request (DER) for the device's next key, once its certificate nears its end; the same key until it was
     * answered.
     *
     * @param now the backend's time
     */
    Optional<byte[]> question(Instant now);

    /**
     * Stores the answer; the link then connects anew with it.
     *
     * @param chain the device's certificate, then its authority's
     * @throws LinkException MALFORMED if it is not for the key asked or not of the pinned authority
     */
    void granted(List<X509Certificate> chain);

    /** The backend said no. */
    void refused(Enrolment.Refusal reason);

    /** Keeps the certificate there is. */
    static CertificateRenewal never() {
        return new CertificateRenewal() {
            @Override
            public Optional<byte[]> question(Instant now) {
                return Optional.empty();
            }

            @Override
            public void granted(List<X509Certificate> chain) {
                throw new LinkException(LinkFault.OUT_OF_TURN, "nothing was asked");
            }

            @Override
            public void refused(Enrolment.Refusal reason) {}
        };
    }
}
