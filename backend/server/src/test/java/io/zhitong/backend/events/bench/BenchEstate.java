package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Certificates of a backend and its devices, in a folder that both processes read (测试证书). */
final class BenchEstate {
    private static final String BACKEND = "backend";

    private final Path folder;

    private BenchEstate(Path folder) {
        this.folder = folder;
    }

    static BenchEstate create(Path folder, int devices) {
        Instant now = Instant.now();
        MachineAuthority authority = MachineAuthority.create(
                MachineProfile.SM2,
                MachineKeys.generate(MachineProfile.SM2),
                "Bench machines",
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofHours(24)));
        identity(authority, MachineRole.BACKEND, BACKEND).store(folder, BACKEND);
        for (int device = 1; device <= devices; device++) {
            String name = device(device).certificateName();
            identity(authority, MachineRole.CONTROLLER, name).store(folder, name);
        }
        return new BenchEstate(folder);
    }

    static BenchEstate in(Path folder) {
        return new BenchEstate(folder);
    }

    static DeviceAddress device(int number) {
        return DeviceAddress.of(1, number);
    }

    private static MachineIdentity identity(MachineAuthority authority, MachineRole role, String name) {
        Instant now = Instant.now();
        KeyPair pair = MachineKeys.generate(MachineProfile.SM2);
        MachineName machine = new MachineName(role, name);
        X509Certificate leaf = authority.issue(
                MachineKeys.request(MachineProfile.SM2, pair, machine),
                machine,
                now.minus(Duration.ofMinutes(1)),
                now.plus(Duration.ofHours(12)));
        return new MachineIdentity(MachineProfile.SM2, pair.getPrivate(), List.of(leaf, authority.certificate()));
    }

    MachineTls backend() {
        return tls(BACKEND, MachineRole.CONTROLLER);
    }

    MachineTls door(int number) {
        return tls(device(number).certificateName(), MachineRole.BACKEND);
    }

    private MachineTls tls(String name, MachineRole peer) {
        MachineIdentity identity = MachineIdentity.load(MachineProfile.SM2, folder, name);
        return MachineTls.mutual(identity, PeerPolicy.of(identity.chain().get(1), peer));
    }
}
