package io.zhitong.machinetls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.jsse.BCX509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges a peer's certificate against a {@link PeerPolicy}. Our tree has exactly two floors, authority and machine, so
 * this is a handful of equalities and one signature instead of general path building.
 */
final class PeerVerifier extends BCX509ExtendedTrustManager {
    private final MachineProfile profile;
    private final PeerPolicy policy;

    PeerVerifier(MachineProfile profile, PeerPolicy policy) {
        this.profile = profile;
        this.policy = policy;
    }

    void verify(X509Certificate @Nullable [] chain) throws PeerRefusedException {
        if (chain == null || chain.length == 0) {
            throw new PeerRefusedException(PeerRefusal.NO_CERTIFICATE);
        }
        require(chain.length <= 2, PeerRefusal.CHAIN_TOO_LONG);
        X509Certificate leaf = chain[0];
        require(issuedByAuthority(leaf), PeerRefusal.FOREIGN_AUTHORITY);
        require(chain.length == 1 || chain[1].equals(policy.authority()), PeerRefusal.FOREIGN_AUTHORITY);
        require(leaf.getBasicConstraints() < 0 && maySign(leaf), PeerRefusal.NOT_A_MACHINE);
        require(Curves.isOf(profile, leaf.getPublicKey()), PeerRefusal.WRONG_CURVE);
        requireValidNow(leaf);
        require(!policy.revoked().test(leaf.getSerialNumber()), PeerRefusal.REVOKED);
        require(policy.roles().contains(roleOf(leaf)), PeerRefusal.WRONG_ROLE);
    }

    /** What may have changed since the certificate of this session was verified in full. */
    void recheck(SSLSession session) throws PeerRefusedException {
        try {
            X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
            requireValidNow(leaf);
            require(!policy.revoked().test(leaf.getSerialNumber()), PeerRefusal.REVOKED);
        } catch (SSLPeerUnverifiedException e) {
            throw new PeerRefusedException(PeerRefusal.NO_CERTIFICATE);
        }
    }

    private boolean issuedByAuthority(X509Certificate leaf) {
        X509Certificate authority = policy.authority();
        try {
            if (!leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                return false;
            }
            leaf.verify(authority.getPublicKey(), Providers.BC);
            return true;
        } catch (GeneralSecurityException | IllegalStateException | IllegalArgumentException e) {
            // The provider parses a stranger's bytes here and answers oddities of their ASN.1 unchecked.
            return false;
        }
    }

    private void requireValidNow(X509Certificate leaf) throws PeerRefusedException {
        Instant now = policy.clock().instant();
        require(!now.isBefore(leaf.getNotBefore().toInstant()), PeerRefusal.NOT_YET_VALID);
        require(!now.isAfter(leaf.getNotAfter().toInstant()), PeerRefusal.EXPIRED);
        require(!now.isAfter(policy.authority().getNotAfter().toInstant()), PeerRefusal.EXPIRED);
    }

    private static boolean maySign(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        return usage != null && usage[0] && !usage[5];
    }

    private static MachineRole roleOf(X509Certificate leaf) throws PeerRefusedException {
        try {
            return MachineName.of(leaf).role();
        } catch (MachineTlsException e) {
            throw new PeerRefusedException(PeerRefusal.NOT_A_MACHINE);
        }
    }

    private static void require(boolean held, PeerRefusal otherwise) throws PeerRefusedException {
        if (!held) {
            throw new PeerRefusedException(otherwise);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws PeerRefusedException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws PeerRefusedException {
        verify(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        verify(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws PeerRefusedException {
        verify(chain);
    }

    /** Named in the CertificateRequest, so that a machine of several estates can choose. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {policy.authority()};
    }
}
