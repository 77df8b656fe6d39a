package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A machine's new certificate (机器证书): the PEM text of the certificate and, after it, its authority's.
 *
 * @param pem at most 16 KiB
 */
public record MachineCertificate(String pem) {
    public MachineCertificate {
        Checks.range("certificate text", pem.length(), 1, 16 * 1024);
    }

    /** The machine's certificate, then its authority's. */
    public List<X509Certificate> chain() {
        return Pem.certificates(pem);
    }

    public BigInteger serial() {
        return chain().get(0).getSerialNumber();
    }

    public Instant expires() {
        return chain().get(0).getNotAfter().toInstant();
    }

    /** Joins it with the private key it was asked for. */
    public MachineIdentity identity(MachineProfile profile, PrivateKey key) {
        return new MachineIdentity(profile, key, chain());
    }
}
