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
    private final MachineProfile profile;
    private final MachineAuthority authority;
    /** One for all: names make the machines. */
    private final KeyPair pair;

    MachineEstate() {
        this(MachineProfile.SM2);
    }

    MachineEstate(MachineProfile profile) {
        this.profile = profile;
        this.pair = MachineKeys.generate(profile);
        this.authority = MachineAuthority.create(profile, MachineKeys.generate(profile), "Bench machines", from, to);
    }

    X509Certificate authority() {
        return authority.certificate();
    }

    MachineTls backend() {
        return MachineTls.mutual(
                identity(MachineRole.BACKEND, "backend"),
                PeerPolicy.of(authority.certificate(), MachineRole.CONTROLLER));
    }

    MachineTls door() {
        return door(DOOR);
    }

    MachineTls door(DeviceAddress address) {
        return MachineTls.mutual(
                identity(MachineRole.CONTROLLER, address.certificateName()),
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

    MachineIdentity identity(MachineRole role, String name) {
        MachineName machine = new MachineName(role, name);
        byte[] request = MachineKeys.request(profile, pair, machine);
        return new MachineIdentity(
                profile,
                pair.getPrivate(),
                List.of(authority.issue(request, machine, from, to), authority.certificate()));
    }
}
