package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;

/** The other end of a {@link RemoteKeyService}: real TLS, a dispatcher behind it, connections that can be cut. */
final class TestPeer implements AutoCloseable {
    private static final MachineAuthority AUTHORITY = MachineAuthority.create(
            MachineProfile.SM2,
            MachineKeys.generate(MachineProfile.SM2),
            "test",
            Instant.now().minusSeconds(60),
            Instant.now().plusSeconds(3600));

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final Optional<UnaryOperator<byte[]>> answers;
    private final MachineTls tls =
            MachineTls.mutual(identity(MachineRole.VAULT), PeerPolicy.of(AUTHORITY.certificate(), MachineRole.BACKEND));

    private TestPeer(Optional<UnaryOperator<byte[]>> answers) throws IOException {
        this.answers = answers;
        thread(this::accept);
    }

    static TestPeer serving(KeyService keys) throws IOException {
        return answering(VaultDispatcher.forMachine(keys)::answer);
    }

    /** Answers each question with whatever bytes it likes. */
    static TestPeer answering(UnaryOperator<byte[]> answers) throws IOException {
        return new TestPeer(Optional.of(answers));
    }

    /** Takes questions and never answers. */
    static TestPeer silent() throws IOException {
        return new TestPeer(Optional.empty());
    }

    static MachineTls clientTls() {
        return MachineTls.mutual(
                identity(MachineRole.BACKEND), PeerPolicy.of(AUTHORITY.certificate(), MachineRole.VAULT));
    }

    RemoteKeyService client(Duration timeout) {
        return client(clientTls(), timeout);
    }

    RemoteKeyService client(MachineTls caller, Duration timeout) {
        return new RemoteKeyService(
                new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), caller, timeout);
    }

    KeyAdministration administration(Duration timeout) {
        return new RemoteKeyAdministration(
                new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), clientTls(), timeout);
    }

    int connections() {
        return accepted.size();
    }

    void hangUp() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket plain = listener.accept();
                accepted.add(plain);
                thread(() -> serve(plain));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (SSLSocket socket = tls.accepted(plain)) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<byte[]> request = VaultFrames.read(in);
            while (request.isPresent()) {
                if (answers.isPresent()) {
                    VaultFrames.write(socket.getOutputStream(), answers.get().apply(request.get()));
                }
                request = VaultFrames.read(in);
            }
        } catch (IOException e) {
            accepted.contains(plain);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "test peer");
        thread.setDaemon(true);
        thread.start();
    }

    private static MachineIdentity identity(MachineRole role) {
        KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
        MachineName name = new MachineName(role, "test");
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, name);
        Instant now = Instant.now();
        return new MachineIdentity(
                MachineProfile.SM2,
                pair.getPrivate(),
                List.of(AUTHORITY.issue(request, name, now.minusSeconds(60), now.plusSeconds(3600))));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
    }
}
