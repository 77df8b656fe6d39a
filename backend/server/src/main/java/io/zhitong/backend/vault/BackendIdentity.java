package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The backend's own machine certificate (后台机器身份). Asked of the vault once, against the one-time token that the vault left
 * in its folder, and kept in DATA/backend/tls. Thread-safe.
 */
@Component
public class BackendIdentity {
    private static final String NAME = "backend";

    private final ZhitongSettings settings;
    private @Nullable MachineIdentity identity;

    BackendIdentity(ZhitongSettings settings) {
        this.settings = settings;
    }

    /** Address of the vault. */
    InetSocketAddress vault() {
        return new InetSocketAddress(settings.vaultHost(), settings.vaultListenPort());
    }

    /**
     * The authority that signs the machines of this installation.
     *
     * @throws KeyServiceException UNAVAILABLE while the vault has not been started for the first time
     */
    public X509Certificate authority() {
        return Pem.certificates(read(settings.data().resolve("vault").resolve("ca.pem")))
                .get(0);
    }

    /**
     * The identity, enrolled now if it never was.
     *
     * @throws KeyServiceException UNAVAILABLE when the vault does not answer, BAD_TOKEN when the token was spent
     */
    public synchronized MachineIdentity identity() {
        MachineIdentity known = identity;
        if (known == null) {
            Path folder = folder();
            known = MachineIdentity.stored(folder, NAME)
                    ? MachineIdentity.load(MachineProfile.SM2, folder, NAME)
                    : enrol(folder);
            identity = known;
        }
        return known;
    }

    private MachineIdentity enrol(Path folder) {
        Path token = settings.data().resolve("vault").resolve("backend.token");
        MachineIdentity fresh = VaultClients.enrolBackend(vault(), authority(), read(token), NAME);
        fresh.store(folder, NAME);
        return fresh;
    }

    private Path folder() {
        try {
            return Files.createDirectories(settings.home().resolve("tls"));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the backend's certificate cannot be made", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new KeyServiceException(
                    KeyRefusal.UNAVAILABLE, "expected " + file + " from the vault: start the vault first", e);
        }
    }
}
