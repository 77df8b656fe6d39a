package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Certificates and signing keys of a small installation, made for the tests. */
final class Estate {

    static final DeviceAddress DOOR = DeviceAddress.of(1, 42);

    final MachineAuthority authority;
    private final MachineProfile profile;
    final Sm2PrivateKey policy = Sm2PrivateKey.generate(RandomSource.secure());
    final Sm2PrivateKey command = Sm2PrivateKey.generate(RandomSource.secure());
    final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private final Instant from = Instant.now().minus(Duration.ofHours(1));
    private final Instant to = Instant.now().plus(Duration.ofHours(1));

    Estate() {
        this(MachineProfile.SM2);
    }

    Estate(MachineProfile profile) {
        this.profile = profile;
        authority = MachineAuthority.create(profile, MachineKeys.generate(profile), "Test machines", from, to);
    }

    MachineIdentity identity(MachineRole role, String name) {
        KeyPair pair = MachineKeys.generate(profile);
        MachineName machine = new MachineName(role, name);
        byte[] request = MachineKeys.request(profile, pair, machine);
        return new MachineIdentity(
                profile,
                pair.getPrivate(),
                List.of(authority.issue(request, machine, from, to), authority.certificate()));
    }

    List<X509Certificate> certified(MachineRole role, String name, byte[] request) {
        return List.of(authority.issue(request, new MachineName(role, name), from, to), authority.certificate());
    }

    MachineTls backend() {
        PeerPolicy devices = PeerPolicy.of(authority.certificate(), MachineRole.CONTROLLER, MachineRole.POS)
                .withRevoked(revoked::contains);
        return MachineTls.mutual(identity(MachineRole.BACKEND, "backend"), devices);
    }

    MachineTls device(MachineIdentity identity) {
        return MachineTls.mutual(identity, PeerPolicy.of(authority.certificate(), MachineRole.BACKEND));
    }

    MachineTls device(DeviceAddress address) {
        return device(identity(MachineRole.CONTROLLER, address.certificateName()));
    }
}
