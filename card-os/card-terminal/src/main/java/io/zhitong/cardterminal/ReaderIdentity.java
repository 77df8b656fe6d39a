package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;

/** A reader's own key pair and its certificate (读卡器身份), role F0, subject the point's id, docs/card.md. Thread-safe. */
public final class ReaderIdentity implements AutoCloseable {
    private final Sm2PrivateKey key;
    private final AccessCertificate certificate;

    /**
     * @param key closed with this
     * @throws IllegalArgumentException if the certificate is no reader's or of another key
     */
    public ReaderIdentity(Sm2PrivateKey key, AccessCertificate certificate) {
        if (certificate.role() != AccessCertificate.READER
                || !certificate.publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("expected a certificate of role F0 for the reader's own key");
        }
        this.key = key;
        this.certificate = certificate;
    }

    AccessCertificate certificate() {
        return certificate;
    }

    byte[] agree(Sm2PublicKey cardEphemeral) {
        return Sm2.ecdhX(key, cardEphemeral);
    }

    void requirePoint(byte[] point8) {
        if (!Arrays.equals(point8, certificate.subject())) {
            throw new IllegalArgumentException("expected the certificate of this point's reader, came another point's");
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
