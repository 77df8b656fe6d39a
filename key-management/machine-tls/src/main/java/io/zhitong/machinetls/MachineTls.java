package io.zhitong.machinetls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;

/**
 * TLS 1.3 between our machines (机器间安全连接), one profile, nothing to negotiate. Sockets and engines come out fully set:
 * version, suite, group, scheme and, on a mutual server, the demand for a client certificate. For Netty hand an engine to
 * {@code new SslHandler(engine)}.
 *
 * <p>{@link MachineProfile#SM2} runs on BouncyCastle's provider, {@link MachineProfile#P256} on the JDK's own: it resumes
 * sessions by tickets, and a side that resumes asks its trust manager nothing. Whoever lets a connection in calls
 * {@link #recheck} when the handshake is done.
 *
 * <p>Thread-safe; identity and policy are fixed, a renewed certificate means a new {@code MachineTls}.
 */
public final class MachineTls {
    private final MachineProfile profile;
    private final SSLContext context;
    private final Optional<PeerVerifier> verifier;
    private final ClientDemand demand;

    /** What a server asks of its clients. */
    private enum ClientDemand {
        NOTHING,
        WANTED,
        NEEDED
    }

    private MachineTls(
            MachineProfile profile, Optional<MachineIdentity> self, Optional<PeerPolicy> peers, ClientDemand demand) {
        this.profile = profile;
        this.demand = demand;
        this.verifier = peers.map(policy -> new PeerVerifier(profile, policy));
        this.context = context(profile, self, verifier);
    }

    /** Both sides show a certificate. */
    public static MachineTls mutual(MachineIdentity self, PeerPolicy peers) {
        return new MachineTls(self.profile(), Optional.of(self), Optional.of(peers), ClientDemand.NEEDED);
    }

    /**
     * A server that takes clients without a certificate too, but none with a wrong one. Whoever has none is nobody:
     * {@link MachinePeer#of(javax.net.ssl.SSLSession)} is empty, and the server lets it enrol and nothing else.
     */
    public static MachineTls enrolling(MachineIdentity self, PeerPolicy peers) {
        return new MachineTls(self.profile(), Optional.of(self), Optional.of(peers), ClientDemand.WANTED);
    }

    /** A server that asks for no certificate: enrolment only, where a one-time token stands for it. */
    public static MachineTls server(MachineIdentity self) {
        return new MachineTls(self.profile(), Optional.of(self), Optional.empty(), ClientDemand.NOTHING);
    }

    /** A client that has no certificate yet and believes only the pinned authority. */
    public static MachineTls client(MachineProfile profile, PeerPolicy peers) {
        return new MachineTls(profile, Optional.empty(), Optional.of(peers), ClientDemand.NOTHING);
    }

    public MachineProfile profile() {
        return profile;
    }

    /**
     * Connects and completes the handshake. Under TLS 1.3 a server's refusal of <em>our</em> certificate arrives with the
     * first read, not here.
     *
     * @param timeout for the connection and for each read of the handshake; the socket keeps it as its read timeout
     * @throws IOException when nobody listens, the time is over or the peer is refused
     *     ({@link PeerRefusedException#reasonOf})
     */
    public SSLSocket connect(InetSocketAddress address, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        Socket plain = new Socket();
        try {
            plain.connect(address, millis);
            plain.setSoTimeout(millis);
            SSLSocket socket = layered(plain, true);
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** Wraps an accepted connection; the handshake runs with {@code startHandshake} or the first byte read. */
    public SSLSocket accepted(Socket plain) throws IOException {
        return layered(plain, false);
    }

    /**
     * An engine in client mode, for Netty's {@code SslHandler}.
     *
     * @param server whose ticket may be shown, if one was given
     */
    public SSLEngine clientEngine(InetSocketAddress server) {
        return set(context.createSSLEngine(server.getHostString(), server.getPort()), true);
    }

    /** An engine in server mode, for Netty's {@code SslHandler}. */
    public SSLEngine serverEngine() {
        return set(context.createSSLEngine(), false);
    }

    /**
     * Judges the peer of a finished handshake once more by what may have changed since its certificate was verified in full:
     * revocation and dates. Nothing to judge is no refusal.
     */
    public void recheck(SSLSession session) throws PeerRefusedException {
        if (verifier.isPresent()) {
            verifier.get().recheck(session);
        }
    }

    private SSLSocket layered(Socket plain, boolean client) throws IOException {
        // A handshake is three small flights: Nagle's algorithm would hold each back for the peer's delayed ACK.
        plain.setTcpNoDelay(true);
        String host = plain.getInetAddress().getHostAddress();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        socket.setUseClientMode(client);
        switch (profile) {
            case SM2 -> ((BCSSLSocket) socket).setParameters(national(client));
            case P256 -> socket.setSSLParameters(international(client));
        }
        return socket;
    }

    private SSLEngine set(SSLEngine engine, boolean client) {
        engine.setUseClientMode(client);
        switch (profile) {
            case SM2 -> ((BCSSLEngine) engine).setParameters(national(client));
            case P256 -> engine.setSSLParameters(international(client));
        }
        return engine;
    }

    private BCSSLParameters national(boolean client) {
        BCSSLParameters parameters =
                new BCSSLParameters(new String[] {profile.suite()}, new String[] {MachineProfile.PROTOCOL});
        parameters.setNamedGroups(new String[] {profile.group()});
        parameters.setEarlyKeyShares(new String[] {profile.group()});
        parameters.setSignatureSchemes(new String[] {profile.scheme()});
        parameters.setSignatureSchemesCert(new String[] {profile.scheme()});
        if (!client && demand == ClientDemand.NEEDED) {
            parameters.setNeedClientAuth(true);
        } else if (!client && demand == ClientDemand.WANTED) {
            parameters.setWantClientAuth(true);
        }
        return parameters;
    }

    /** The certificates' curve fixes the signature scheme (RFC 8446, 4.2.3); the JDK may agree on X25519 as well. */
    private SSLParameters international(boolean client) {
        SSLParameters parameters =
                new SSLParameters(new String[] {profile.suite()}, new String[] {MachineProfile.PROTOCOL});
        if (!client && demand == ClientDemand.NEEDED) {
            parameters.setNeedClientAuth(true);
        } else if (!client && demand == ClientDemand.WANTED) {
            parameters.setWantClientAuth(true);
        }
        return parameters;
    }

    private static SSLContext context(
            MachineProfile profile, Optional<MachineIdentity> self, Optional<PeerVerifier> verifier) {
        try {
            SSLContext context = Providers.context(profile);
            context.init(
                    self.stream().map(MachineKeyManager::new).toArray(KeyManager[]::new),
                    new TrustManager[] {
                        verifier.<TrustManager>map(known -> known).orElse(NobodyTrusted.INSTANCE)
                    },
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new MachineTlsException(MachineTlsError.PROVIDER, "no TLS context for " + profile, e);
        }
    }
}
