package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Supplier;

/** The two steps by which a backend comes to its vault (接入密钥库): enrol once with a token, then connect. */
public final class VaultClients {
    /** For a connection and for an answer: a batch of ten thousand TACs takes far less. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private VaultClients() {}

    /**
     * Makes a key pair here and has it certified by the vault against a one-time token.
     *
     * @param address of the vault
     * @param authority the vault's SM2 authority ({@code ca.pem} of its data folder)
     * @param token content of {@code backend.token}, blanks around it ignored
     * @param name the backend's own name
     * @throws KeyServiceException {@link KeyRefusal#BAD_TOKEN} when the token is unknown, spent or over
     */
    public static MachineIdentity enrolBackend(
            InetSocketAddress address, X509Certificate authority, String token, String name) {
        return enrolBackend(address, authority, token, name, MachineKeys.generate(MachineProfile.SM2));
    }

    /**
     * Has a key pair certified; when the answer was lost, asks again with the same pair.
     *
     * @param pair on the SM2 curve, kept until it is certified
     */
    public static MachineIdentity enrolBackend(
            InetSocketAddress address, X509Certificate authority, String token, String name, KeyPair pair) {
        MachineTls tls = MachineTls.client(MachineProfile.SM2, PeerPolicy.of(authority, MachineRole.VAULT));
        MachineName wish = new MachineName(MachineRole.BACKEND, name);
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, wish);
        try (RemoteKeyService vault = new RemoteKeyService(address, tls, TIMEOUT)) {
            return vault.enrolByToken(token.strip(), new MachineEnrolment(MachineProfile.SM2, wish, request))
                    .identity(MachineProfile.SM2, pair.getPrivate());
        }
    }

    /** A client of the vault under that identity. */
    public static RemoteKeyService connect(
            InetSocketAddress address, X509Certificate authority, MachineIdentity identity) {
        MachineTls tls = MachineTls.mutual(identity, PeerPolicy.of(authority, MachineRole.VAULT));
        return new RemoteKeyService(address, tls, TIMEOUT);
    }

    /**
     * A client of the vault whose certificate is renewed while it lives.
     *
     * @param tls mutual, accepting the role vault; asked for each connection
     */
    public static RemoteKeyService connect(InetSocketAddress address, Supplier<MachineTls> tls) {
        return new RemoteKeyService(address, tls, TIMEOUT);
    }

    /**
     * What people do to that vault's keys, under an identity that is renewed meanwhile.
     *
     * @param tls mutual, accepting the role vault; asked for each connection
     */
    public static KeyAdministration administer(InetSocketAddress address, Supplier<MachineTls> tls) {
        return new RemoteKeyAdministration(address, tls, TIMEOUT);
    }

    /** What people do to that vault's keys, under that identity. */
    public static KeyAdministration administer(
            InetSocketAddress address, X509Certificate authority, MachineIdentity identity) {
        MachineTls tls = MachineTls.mutual(identity, PeerPolicy.of(authority, MachineRole.VAULT));
        return new RemoteKeyAdministration(address, tls, TIMEOUT);
    }

    /** The way of a standby to the vault it follows, under that identity. */
    public static VaultReplication follow(
            InetSocketAddress address, X509Certificate authority, MachineIdentity identity) {
        MachineTls tls = MachineTls.mutual(identity, PeerPolicy.of(authority, MachineRole.VAULT));
        return new RemoteReplication(new WireAsker(new VaultConnections(address, () -> tls, TIMEOUT)));
    }
}
