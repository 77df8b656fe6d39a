package io.zhitong.machinetls;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** For a side that asks for no certificate: without it the TLS layer would fall back to the system's trust store. */
enum NobodyTrusted implements X509TrustManager {
    INSTANCE;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        throw new PeerRefusedException(PeerRefusal.FOREIGN_AUTHORITY);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        throw new PeerRefusedException(PeerRefusal.FOREIGN_AUTHORITY);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
