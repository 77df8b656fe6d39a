package io.zhitong.edge;

import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.NextIdentity;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A process that renews its certificate again and again until it is killed, and says each serial after the switch. */
final class KilledRenewer {

    private KilledRenewer() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        MachineName name = new MachineName(MachineRole.CONTROLLER, "1-42");
        Instant now = Instant.now();
        MachineAuthority authority = MachineAuthority.create(
                MachineProfile.SM2,
                MachineKeys.generate(MachineProfile.SM2),
                "Test machines",
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofHours(1)));
        while (true) {
            NextIdentity next = Enrolled.next(MachineProfile.SM2, folder);
            KeyPair pair = next.pair();
            byte[] request = MachineKeys.request(MachineProfile.SM2, pair, name);
            MachineIdentity made =
                    next.accept(List.of(authority.issue(request, name, now, now.plus(Duration.ofMinutes(30)))));
            System.out.println("serial " + made.chain().get(0).getSerialNumber().toString(16));
        }
    }
}
