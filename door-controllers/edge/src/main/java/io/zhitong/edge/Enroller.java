package io.zhitong.edge;

import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentClient;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.LinkException;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a one-time token into a certificate (设备注册): the key pair is made here and never leaves. */
final class Enroller {

    private static final Logger LOG = LoggerFactory.getLogger(Enroller.class);
    private static final int MAX_TOKEN = 128;

    private final DeviceConfig config;
    private final MachineRole role;
    private final String software;
    private final CountDownLatch stop;
    private String tried = "";
    private int attempts;

    Enroller(DeviceConfig config, MachineRole role, String software, CountDownLatch stop) {
        this.config = config;
        this.role = role;
        this.software = software;
        this.stop = stop;
    }

    /**
     * What was stored, or a new enrolment; waits for token and backend as long as it takes.
     *
     * @return nothing if the program is told to stop meanwhile
     * @throws EdgeException NOT_ENROLLED if the backend refuses the token
     */
    Optional<Enrolled> enrolled(X509Certificate authority) {
        Optional<Enrolled> known = Enrolled.load(config.profile(), config.data());
        while (known.isEmpty() && !stopped()) {
            known = config.hasInstaller()
                    ? patiently(() -> attempt(authority, name -> true))
                    : attempt(authority, name -> true);
        }
        return known;
    }

    /**
     * For a device whose certificate is over: a token it has not tried yet brings the next one. Without one it goes on alone,
     * and doors open as before.
     */
    Optional<MachineIdentity> renewed(X509Certificate authority, MachineIdentity over) {
        if (token().isEmpty()) {
            return Optional.empty();
        }
        return patiently(() -> attempt(authority, over.name()::equals)).map(Enrolled::identity);
    }

    /** A token that was refused is not tried again; somebody may bring another. */
    private Optional<Enrolled> patiently(Supplier<Optional<Enrolled>> attempt) {
        Optional<String> token = token();
        if (token.filter(tried::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            return attempt.get();
        } catch (EdgeException e) {
            tried = token.orElse("");
            LOG.warn("not enrolled: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Enrolled> attempt(X509Certificate authority, Predicate<MachineName> expected) {
        Optional<String> token = token();
        if (token.isEmpty()) {
            LOG.info("not enrolled: waiting for a token in {}", config.tokenFile());
            return Optional.empty();
        }
        try {
            return Optional.of(enrol(authority, token.get(), expected));
        } catch (LinkException e) {
            LOG.info("not enrolled yet: {}", e.getMessage());
            return Optional.empty();
        } catch (EnrolmentRefusedException e) {
            if (e.reason() == Enrolment.Refusal.FAILED || e.reason() == Enrolment.Refusal.BUSY) {
                LOG.warn("not enrolled yet: {}", e.getMessage());
                return Optional.empty();
            }
            throw new EdgeException(
                    EdgeFault.NOT_ENROLLED,
                    "the backend refuses the token: put a fresh one into " + config.tokenFile(),
                    e);
        }
    }

    private Enrolled enrol(X509Certificate authority, String token, Predicate<MachineName> expected) {
        KeyPair pair = Enrolled.next(config.profile(), config.data()).pair();
        byte[] request = MachineKeys.request(config.profile(), pair, new MachineName(role, "new"));
        MachineTls tls = MachineTls.client(config.profile(), PeerPolicy.of(authority, MachineRole.BACKEND));
        Enrolment.Granted granted = EnrolmentClient.enrol(
                tls, config.enrolment(attempts++), new Enrolment.Question(token, request, software));
        MachineIdentity identity = new MachineIdentity(config.profile(), pair.getPrivate(), granted.chain());
        if (!identity.name().name().equals(granted.address().certificateName())) {
            throw new EdgeException(EdgeFault.NOT_ENROLLED, "the certificate names another device than the answer");
        }
        if (!expected.test(identity.name())) {
            throw new EdgeException(
                    EdgeFault.NOT_ENROLLED, "the token is another device's: ask for one of this device");
        }
        Enrolled enrolled = new Enrolled(
                granted.address(), identity, granted.policyKey(), granted.commandKey(), granted.auditKey());
        enrolled.store(config.data());
        LOG.info("enrolled device={}", enrolled.address());
        return enrolled;
    }

    private Optional<String> token() {
        Path file = config.tokenFile();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_TOKEN) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            LOG.warn("the token file {} cannot be read", file);
            return Optional.empty();
        }
    }

    private boolean stopped() {
        try {
            return stop.await(config.enrolmentPause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
