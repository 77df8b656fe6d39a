package io.zhitong.keyvault;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a backend and its vault with the vault's own TLS identity and writes down all that passes, in clear: what
 * a thief of that identity would see.
 */
final class RecordingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final InetSocketAddress vault;
    private final MachineTls towardsBackend;
    private final MachineTls towardsVault;

    RecordingProxy(Path vaultData, InetSocketAddress vault, X509Certificate authority, MachineIdentity backend)
            throws IOException {
        this.vault = vault;
        MachineIdentity stolen = MachineIdentity.load(MachineProfile.SM2, vaultData.resolve("tls"), "vault");
        this.towardsBackend = MachineTls.mutual(stolen, PeerPolicy.of(authority, MachineRole.BACKEND));
        this.towardsVault = MachineTls.mutual(backend, PeerPolicy.of(authority, MachineRole.VAULT));
        start(this::accept);
    }

    /** Threads of its own: the common pool has a single one on two cores, and these block. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    byte[] recorded() {
        synchronized (recorded) {
            return recorded.toByteArray();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket backend = towardsBackend.accepted(listener.accept());
                SSLSocket onward = towardsVault.connect(vault, Duration.ofSeconds(10));
                start(() -> copy(backend, onward));
                start(() -> copy(onward, backend));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void copy(SSLSocket from, SSLSocket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (recorded) {
                    recorded.write(buffer, 0, n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
