package io.zhitong.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.Pem;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates of a backend and one door controller (设备证书). */
final class MachineEstate {
    static final DeviceAddress DOOR = DeviceAddress.of(1, 42);

    private final Instant from = Instant.now().minus(Duration.ofHours(1));
    private final Instant to = Instant.now().plus(Duration.ofHours(24));
    private final MachineAuthority authority = MachineAuthority.create(
            MachineProfile.SM2, MachineKeys.generate(MachineProfile.SM2), "Bench machines", from, to);

    MachineTls backend() {
        return MachineTls.mutual(
                identity(MachineRole.BACKEND, "backend"),
                PeerPolicy.of(authority.certificate(), MachineRole.CONTROLLER));
    }

    MachineTls door() {
        return MachineTls.mutual(
                identity(MachineRole.CONTROLLER, DOOR.certificateName()),
                PeerPolicy.of(authority.certificate(), MachineRole.BACKEND));
    }

    /** Server certificate only, for the enrolment port. */
    MachineTls enrolment() {
        return MachineTls.server(identity(MachineRole.BACKEND, "backend"));
    }

    /** What the door pins. */
    String authorityPem() {
        return Pem.ofCertificates(List.of(authority.certificate()));
    }

    /** The door's certificate for a key it made itself. */
    List<X509Certificate> certified(byte[] request) {
        MachineName door = new MachineName(MachineRole.CONTROLLER, DOOR.certificateName());
        return List.of(authority.issue(request, door, from, to), authority.certificate());
    }

    private MachineIdentity identity(MachineRole role, String name) {
        KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
        MachineName machine = new MachineName(role, name);
        byte[] request = MachineKeys.request(MachineProfile.SM2, pair, machine);
        return new MachineIdentity(
                MachineProfile.SM2,
                pair.getPrivate(),
                List.of(authority.issue(request, machine, from, to), authority.certificate()));
    }
}
