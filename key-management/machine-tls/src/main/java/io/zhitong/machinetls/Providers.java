package io.zhitong.machinetls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Providers, BouncyCastle's but for the P-256 profile's TLS, passed by hand: the JVM-wide provider list stays as the operator left it. */
final class Providers {
    static final Provider BC = new BouncyCastleProvider();
    private static final Provider JSSE = new BouncyCastleJsseProvider(false, BC);

    /** Held here because the logging framework keeps only weak references and would forget the level. */
    private static final Logger CHATTER = Logger.getLogger("org.bouncycastle.jsse.provider");

    static {
        // It writes two lines a connection and a stack trace per refused peer: whoever may dial could fill the disk.
        // The reason reaches our callers in the exception, and they log it once.
        CHATTER.setLevel(Level.SEVERE);
    }

    private Providers() {}

    static CertificateFactory certificates() throws CertificateException {
        return CertificateFactory.getInstance("X.509", BC);
    }

    static KeyFactory keys() throws NoSuchAlgorithmException {
        return KeyFactory.getInstance("EC", BC);
    }

    static SSLContext context(MachineProfile profile) throws GeneralSecurityException {
        return switch (profile) {
            case SM2 -> SSLContext.getInstance("TLS", JSSE);
            case P256 -> SSLContext.getInstance(MachineProfile.PROTOCOL, "SunJSSE");
        };
    }
}
