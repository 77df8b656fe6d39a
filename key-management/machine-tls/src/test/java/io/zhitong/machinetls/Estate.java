package io.zhitong.machinetls;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small estate of machines for the tests: one authority and what it issues. */
final class Estate {
    static final Duration YEAR = Duration.ofDays(365);

    final MachineProfile profile;
    final MachineAuthority authority;

    Estate(MachineProfile profile, String title) {
        this.profile = profile;
        Instant now = Instant.now();
        authority = MachineAuthority.create(
                profile, MachineKeys.generate(profile), title, now.minusSeconds(60), now.plus(YEAR));
    }

    MachineIdentity machine(MachineRole role, String name) {
        Instant now = Instant.now();
        return machine(role, name, now.minusSeconds(60), now.plus(YEAR));
    }

    MachineIdentity machine(MachineRole role, String name, Instant from, Instant to) {
        KeyPair pair = MachineKeys.generate(profile);
        MachineName subject = new MachineName(role, name);
        byte[] request = MachineKeys.request(profile, pair, subject);
        return new MachineIdentity(
                profile,
                pair.getPrivate(),
                List.of(authority.issue(request, subject, from, to), authority.certificate()));
    }

    X509Certificate ca() {
        return authority.certificate();
    }

    PeerPolicy accepting(MachineRole first, MachineRole... more) {
        return PeerPolicy.of(ca(), first, more);
    }
}
