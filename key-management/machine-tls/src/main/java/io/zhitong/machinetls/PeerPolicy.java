package io.zhitong.machinetls;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which peers a side accepts (对端准入): one pinned authority, some roles, no revoked serial, valid now.
 *
 * @param authority the certificate of the only authority believed; system trust stores are never asked
 * @param roles the roles accepted, at least one
 * @param revoked asked with the serial number at every handshake; must be thread-safe and quick
 * @param clock what "now" is
 */
public record PeerPolicy(
        X509Certificate authority, Set<MachineRole> roles, Predicate<BigInteger> revoked, Clock clock) {
    public PeerPolicy {
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || authority.getBasicConstraints() < 0) {
            throw new MachineTlsException(
                    MachineTlsError.BAD_FILE, "expected an authority's certificate and at least one role");
        }
    }

    /** Accepts the roles, knows no revocation, uses the system clock. */
    public static PeerPolicy of(X509Certificate authority, MachineRole first, MachineRole... more) {
        return new PeerPolicy(authority, EnumSet.of(first, more), serial -> false, Clock.systemUTC());
    }

    /**
     * Judges certificates outside a handshake by the same rules.
     *
     * @throws PeerRefusedException with the first reason found
     */
    public void judge(MachineProfile profile, List<X509Certificate> chain) throws PeerRefusedException {
        new PeerVerifier(profile, this).verify(chain.toArray(new X509Certificate[0]));
    }

    public PeerPolicy withRevoked(Predicate<BigInteger> newRevoked) {
        return new PeerPolicy(authority, roles, newRevoked, clock);
    }

    public PeerPolicy withClock(Clock newClock) {
        return new PeerPolicy(authority, roles, revoked, newClock);
    }
}
