package io.zhitong.link;

import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineTls;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a port of the backend speaks (端口的安全连接), asked for each connection, so that a renewed certificate or revocation list
 * counts at once. The device's first message says which profile it speaks; it gets that one or nothing.
 */
@FunctionalInterface
public interface PortTls {

    /** Empty when the port does not speak this profile. */
    Optional<MachineTls> of(MachineProfile profile);

    /** A port of one profile. */
    static PortTls only(Supplier<MachineTls> tls) {
        return profile -> Optional.of(tls.get()).filter(known -> known.profile() == profile);
    }
}
