package io.zhitong.fleet;

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
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Authority and signing keys of a backend that runs in the fleet's own process (自备密钥): made at the start, gone at the end, of
 * use to nobody else. Safe for use by several threads.
 */
public final class FleetEstate {

    /** The one community of such an estate. */
    public static final int COMMUNITY = 1;

    private final MachineProfile profile;
    private final MachineAuthority authority;
    private final Instant from = Instant.now().minus(Duration.ofHours(1));
    private final Instant to = Instant.now().plus(Duration.ofDays(2));
    private final RandomSource random = RandomSource.secure();
    private final Sm2PrivateKey policy = Sm2PrivateKey.generate(random);
    private final Sm2PrivateKey command = Sm2PrivateKey.generate(random);

    private FleetEstate(MachineProfile profile) {
        this.profile = profile;
        this.authority =
                MachineAuthority.create(profile, MachineKeys.generate(profile), "Simulated machines", from, to);
    }

    public static FleetEstate create(MachineProfile profile) {
        return new FleetEstate(profile);
    }

    /** The authority's certificate, to be pinned. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    public DeviceAddress address(int number) {
        return DeviceAddress.of(COMMUNITY, number);
    }

    /** @param number from 1 */
    public FleetIdentity controller(int number) {
        DeviceAddress address = address(number);
        MachineTls tls = MachineTls.mutual(
                identity(MachineRole.CONTROLLER, address.certificateName()),
                PeerPolicy.of(authority.certificate(), MachineRole.BACKEND));
        return new FleetIdentity(address, tls, policy.publicKey(), command.publicKey());
    }

    public MachineTls backend() {
        return MachineTls.mutual(backendIdentity(), PeerPolicy.of(authority.certificate(), MachineRole.CONTROLLER));
    }

    /** A certificate for the backend itself. */
    public MachineIdentity backendIdentity() {
        return identity(MachineRole.BACKEND, "backend");
    }

    private MachineIdentity identity(MachineRole role, String name) {
        KeyPair pair = MachineKeys.generate(profile);
        byte[] request = MachineKeys.request(profile, pair, new MachineName(role, name));
        return new MachineIdentity(profile, pair.getPrivate(), certified(role, name, request));
    }

    /** Certifies what a device asks for. */
    List<X509Certificate> certified(MachineRole role, String name, byte[] request) {
        return List.of(authority.issue(request, new MachineName(role, name), from, to), authority.certificate());
    }

    public Sm2PublicKey policyKey() {
        return policy.publicKey();
    }

    Sm2PublicKey commandKey() {
        return command.publicKey();
    }

    /** r ‖ s of the policy key. */
    public byte[] signPolicy(byte[] message) {
        return Sm2.sign(policy, message, random);
    }
}
