package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultDispatcher;
import io.zhitong.keyapi.VaultFrames;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachinePeer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's conversation: frame in, frame out, until it ends. */
final class VaultSession {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);
    private static final int IDLE_MILLIS = 600_000;
    private static final int STRANGER_MILLIS = 10_000;

    /** How the server makes a session of a finished handshake. */
    interface Factory {
        VaultSession of(SSLSocket socket) throws IOException;
    }

    private final SSLSocket socket;
    private final VaultDispatcher dispatcher;
    private final Predicate<VaultSession> welcome;

    private VaultSession(SSLSocket socket, VaultDispatcher dispatcher, Predicate<VaultSession> welcome) {
        this.socket = socket;
        this.dispatcher = dispatcher;
        this.welcome = welcome;
    }

    /** Who has a backend's certificate gets the key service, this machine's command line what people do; who has none may
     * enrol; nobody else comes this far. */
    static Factory of(Vault vault, Runnable arrived) {
        return socket -> {
            Optional<MachinePeer> peer = MachinePeer.of(socket.getSession());
            if (peer.isEmpty()) {
                socket.setSoTimeout(STRANGER_MILLIS);
                return new VaultSession(socket, VaultDispatcher.forStranger(vault.tokenEnrolment()), session -> true);
            }
            MachinePeer machine = peer.get();
            if (vault.machines().arrived(machine.serial())) {
                arrived.run();
            }
            socket.setSoTimeout(IDLE_MILLIS);
            return new VaultSession(
                    socket, machine(vault, machine.name()), session -> !vault.revoked(machine.serial()));
        };
    }

    private static VaultDispatcher machine(Vault vault, MachineName name) throws IOException {
        KeyAdministration people = new VaultAdministration(vault, name);
        return switch (name.role()) {
            case BACKEND -> VaultDispatcher.forMachine(vault.serviceFor(name), people);
            case ADMIN -> VaultDispatcher.forAdministrator(vault.serviceFor(name), people);
            case VAULT -> VaultDispatcher.forStandby(vault.replication());
            default ->
                throw new IOException("expected a backend or this machine's command line, came "
                        + name.role().label());
        };
    }

    void run() throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (true) {
            Optional<byte[]> request = next(in);
            if (request.isEmpty()) {
                return;
            }
            if (!welcome.test(this)) {
                throw new IOException("the client's certificate was revoked");
            }
            VaultFrames.write(socket.getOutputStream(), answer(request.get()));
        }
    }

    private Optional<byte[]> next(InputStream in) throws IOException {
        try {
            return VaultFrames.read(in);
        } catch (KeyServiceException e) {
            VaultFrames.write(socket.getOutputStream(), VaultDispatcher.refusal(e));
            return Optional.empty();
        }
    }

    private byte[] answer(byte[] request) {
        try {
            return dispatcher.answer(request);
        } catch (VaultException e) {
            LOG.error("request not carried out", e);
            return refused(KeyRefusal.STORE_FAILED);
        } catch (RuntimeException e) {
            // The edge of the process: the client learns that it failed, the log learns why.
            LOG.error("request failed", e);
            return refused(KeyRefusal.INTERNAL);
        }
    }

    private static byte[] refused(KeyRefusal reason) {
        return VaultDispatcher.refusal(new KeyServiceException(reason, "see the vault's log"));
    }
}
