package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.NextIdentity;
import io.zhitong.machinetls.Pem;
import io.zhitong.machinetls.Renewal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The backend's own machine certificate (后台机器身份). Asked of the vault once, against the one-time token that the vault left
 * in its folder, kept in DATA/backend/tls, and renewed while the backend runs. Thread-safe.
 */
@Component
public class BackendIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(BackendIdentity.class);
    private static final String NAME = "backend";

    private final ZhitongSettings settings;
    private final Clock clock;
    private @Nullable MachineIdentity identity;

    BackendIdentity(ZhitongSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
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
     * The identity, enrolled now if it never was or if its time is over.
     *
     * @throws KeyServiceException UNAVAILABLE when the vault does not answer or left no token, BAD_TOKEN when the token was
     *     spent for another key
     */
    public synchronized MachineIdentity identity() {
        MachineIdentity known = identity;
        if (known == null) {
            known = MachineIdentity.stored(folder(), NAME)
                    ? MachineIdentity.load(MachineProfile.SM2, folder(), NAME)
                    : enrol();
        }
        if (clock.instant().isAfter(known.chain().get(0).getNotAfter().toInstant())) {
            known = enrol();
        }
        identity = known;
        return known;
    }

    /** By the token that the vault left; asks again with the same key when the answer was lost. */
    private MachineIdentity enrol() {
        Path token = settings.data().resolve("vault").resolve("backend.token");
        MachineIdentity fresh = VaultClients.enrolBackend(vault(), authority(), read(token), NAME, next().pair());
        return next().accept(fresh.chain());
    }

    /**
     * Renews the certificate when a third of its life is left; the next connections use the new one.
     *
     * @param vault connected under the present one
     * @return whether it was renewed
     */
    boolean renewIfDue(KeyService vault) {
        MachineIdentity present = identity();
        if (!Renewal.isDue(present.chain().get(0), clock.instant())) {
            return false;
        }
        byte[] request = MachineKeys.request(MachineProfile.SM2, next().pair(), present.name());
        MachineCertificate certificate =
                vault.enrolMachine(new MachineEnrolment(MachineProfile.SM2, present.name(), request));
        MachineIdentity renewed = next().accept(certificate.chain());
        synchronized (this) {
            identity = renewed;
        }
        LOG.info("certificate renewed until={}", certificate.expires());
        return true;
    }

    private NextIdentity next() {
        return new NextIdentity(MachineProfile.SM2, folder(), NAME);
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
                    KeyRefusal.UNAVAILABLE,
                    "expected " + file + " from the vault: start the vault first; for a further token start it with"
                            + " --new-backend-token",
                    e);
        }
    }
}
