package io.zhitong.systemtests;

import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentClient;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** Knocks at the link's door with one certificate or another (试探连接). */
final class LinkProbe {
    private static final Duration LISTENING = Duration.ofSeconds(3);
    private static final MachineProfile SM2 = MachineProfile.SM2;

    private final RunningEstate estate;
    private final PeerPolicy backend;

    LinkProbe(RunningEstate estate) {
        this.estate = estate;
        this.backend = PeerPolicy.of(authority(estate.data().resolve("vault/ca.pem")), MachineRole.BACKEND);
    }

    /** Certificate of a real enrolment with the demo's one-time token, which this uses up. */
    MachineIdentity enrolled(String device, MachineRole role) {
        Path token = estate.data().resolve("backend/demo/" + device + ".token");
        Await.until("token of " + device, Duration.ofSeconds(30), () -> Files.exists(token));
        KeyPair pair = MachineKeys.generate(SM2);
        byte[] request = MachineKeys.request(SM2, pair, new MachineName(role, "new"));
        Enrolment.Granted granted = EnrolmentClient.enrol(
                MachineTls.client(SM2, backend),
                RunningEstate.at(estate.enrolPort()),
                new Enrolment.Question(text(token).strip(), request, "probe 1"));
        return new MachineIdentity(SM2, pair.getPrivate(), granted.chain());
    }

    /** Certificate with the same name, of an authority that the backend does not know. */
    static MachineIdentity foreign(MachineName name) {
        Instant now = Instant.now();
        MachineAuthority authority = MachineAuthority.create(
                SM2, MachineKeys.generate(SM2), "Zhitong machines", now.minusSeconds(60), now.plusSeconds(3600));
        KeyPair pair = MachineKeys.generate(SM2);
        X509Certificate certificate = authority.issue(
                MachineKeys.request(SM2, pair, name), name, now.minusSeconds(60), now.plusSeconds(3600));
        return new MachineIdentity(SM2, pair.getPrivate(), List.of(certificate, authority.certificate()));
    }

    boolean letsIn(MachineIdentity identity) {
        return letsIn(MachineTls.mutual(identity, backend));
    }

    boolean letsInWithoutCertificate() {
        return letsIn(MachineTls.client(SM2, backend));
    }

    /** Let in: the link waits for what we say. Refused: it hangs up or sends an alert. */
    private boolean letsIn(MachineTls tls) {
        try (SSLSocket socket = tls.connect(RunningEstate.at(estate.linkPort()), LISTENING)) {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static X509Certificate authority(Path file) {
        return Pem.certificates(text(file)).get(0);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
