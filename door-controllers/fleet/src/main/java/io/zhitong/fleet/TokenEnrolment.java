package io.zhitong.fleet;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.link.Enrolment;
import io.zhitong.link.EnrolmentClient;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.link.LinkException;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns one-time tokens into identities, as an installer does for each device (批量注册). What was enrolled once lies in the
 * folder and is used again. One caller.
 */
final class TokenEnrolment {

    private static final String NAME = "device";

    private final MachineProfile profile;
    private final InetSocketAddress enrolment;
    private final X509Certificate authority;
    private final Path folder;

    TokenEnrolment(MachineProfile profile, InetSocketAddress enrolment, X509Certificate authority, Path folder) {
        this.profile = profile;
        this.enrolment = enrolment;
        this.authority = authority;
        this.folder = folder;
    }

    /**
     * So many identities: those in the folder first, then one for each token that is still good.
     *
     * @throws CommandFailure if there are not enough
     */
    List<FleetIdentity> identities(int wanted, List<String> tokens) throws IOException {
        List<FleetIdentity> found = new ArrayList<>(stored(wanted));
        Iterator<String> left = tokens.iterator();
        while (found.size() < wanted && left.hasNext()) {
            enrolled(left.next()).ifPresent(found::add);
        }
        if (found.size() < wanted) {
            throw new CommandFailure(
                    ExitStatus.ENVIRONMENT,
                    "expected tokens for " + wanted + " controllers, only " + found.size()
                            + " are enrolled: get more tokens");
        }
        return List.copyOf(found);
    }

    private List<FleetIdentity> stored(int most) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> MachineIdentity.stored(each, NAME) && Files.exists(each.resolve("keys")))
                    .sorted()
                    .limit(most)
                    .map(this::load)
                    .toList();
        }
    }

    private FleetIdentity load(Path from) {
        try {
            List<String> lines = Files.readAllLines(from.resolve("keys"));
            MachineIdentity identity = MachineIdentity.load(profile, from, NAME);
            String[] address = identity.name().name().split("-", 2);
            return identity(
                    DeviceAddress.of(Integer.parseInt(address[0]), Long.parseLong(address[1])),
                    identity,
                    Sm2PublicKey.decode(Hex.parse(lines.get(0))),
                    Sm2PublicKey.decode(Hex.parse(lines.get(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FleetIdentity identity(
            DeviceAddress address, MachineIdentity identity, Sm2PublicKey policy, Sm2PublicKey command) {
        MachineTls tls = MachineTls.mutual(identity, PeerPolicy.of(authority, MachineRole.BACKEND));
        return new FleetIdentity(address, tls, policy, command);
    }

    /** Nothing if the token is spent or too old. */
    private Optional<FleetIdentity> enrolled(String token) throws IOException {
        KeyPair pair = MachineKeys.generate(profile);
        byte[] request = MachineKeys.request(profile, pair, new MachineName(MachineRole.CONTROLLER, "new"));
        MachineTls tls = MachineTls.client(profile, PeerPolicy.of(authority, MachineRole.BACKEND));
        try {
            Enrolment.Granted granted =
                    EnrolmentClient.enrol(tls, enrolment, new Enrolment.Question(token, request, "fleet"));
            MachineIdentity identity = new MachineIdentity(profile, pair.getPrivate(), granted.chain());
            Path to = Files.createDirectories(folder.resolve(granted.address().certificateName()));
            identity.store(to, NAME);
            Files.write(
                    to.resolve("keys"),
                    List.of(
                            Hex.of(granted.policyKey().xy()),
                            Hex.of(granted.commandKey().xy())));
            return Optional.of(identity(granted.address(), identity, granted.policyKey(), granted.commandKey()));
        } catch (EnrolmentRefusedException e) {
            if (e.reason() == Enrolment.Refusal.UNKNOWN_TOKEN) {
                return Optional.empty();
            }
            throw new CommandFailure(ExitStatus.ENVIRONMENT, "the backend does not enrol: " + e.getMessage(), e);
        } catch (LinkException e) {
            throw new CommandFailure(ExitStatus.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        }
    }
}
