package io.zhitong.backend.vault;

import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
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
import java.util.Optional;
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
    /** Name of the files of the P-256 profile. */
    private static final String INTERNATIONAL = "backend-p256";

    private final ZhitongSettings settings;
    private final Clock clock;
    private @Nullable MachineIdentity identity;
    private @Nullable MachineIdentity international;

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
        return authority(MachineProfile.SM2);
    }

    /** The authority that signs the machines of a profile. */
    public X509Certificate authority(MachineProfile profile) {
        String file = profile == MachineProfile.SM2 ? "ca.pem" : "ca-p256.pem";
        return Pem.certificates(read(settings.data().resolve("vault").resolve(file)))
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

    /** The identity for devices of the P-256 profile; empty until {@link #certifyInternational} had it from the vault, or over. */
    public synchronized Optional<MachineIdentity> international() {
        if (international == null && MachineIdentity.stored(folder(), INTERNATIONAL)) {
            international = MachineIdentity.load(MachineProfile.P256, folder(), INTERNATIONAL);
        }
        return Optional.ofNullable(international)
                .filter(known -> !clock.instant()
                        .isAfter(known.chain().get(0).getNotAfter().toInstant()));
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
        MachineIdentity renewed = certified(vault, next(), present.name());
        synchronized (this) {
            identity = renewed;
        }
        LOG.info("certificate renewed until={}", renewed.chain().get(0).getNotAfter());
        return true;
    }

    /** Has the backend certified for devices of the P-256 profile, for the first time or when it is due. */
    void certifyInternational(KeyService vault) {
        Optional<MachineIdentity> present = international();
        if (present.filter(known -> !Renewal.isDue(known.chain().get(0), clock.instant()))
                .isPresent()) {
            return;
        }
        NextIdentity next = new NextIdentity(MachineProfile.P256, folder(), INTERNATIONAL);
        MachineIdentity fresh = certified(vault, next, new MachineName(MachineRole.BACKEND, NAME));
        synchronized (this) {
            international = fresh;
        }
        LOG.info("P-256 certificate until={}", fresh.chain().get(0).getNotAfter());
    }

    private static MachineIdentity certified(KeyService vault, NextIdentity next, MachineName name) {
        byte[] request = MachineKeys.request(next.profile(), next.pair(), name);
        return next.accept(vault.enrolMachine(new MachineEnrolment(next.profile(), name, request))
                .chain());
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
