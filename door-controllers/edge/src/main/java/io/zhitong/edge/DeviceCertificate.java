package io.zhitong.edge;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.RevokedMachine;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.CertificateRenewal;
import io.zhitong.link.Enrolment;
import io.zhitong.link.LinkException;
import io.zhitong.link.LinkFault;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.NextIdentity;
import io.zhitong.machinetls.PeerPolicy;
import io.zhitong.machinetls.PeerRefusedException;
import io.zhitong.machinetls.Renewal;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's present certificate, its renewal over the link, and whom it believes (设备证书): backends of the pinned authority
 * that are not on the list of revoked certificates it holds. Safe for use by several threads.
 */
final class DeviceCertificate implements CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceCertificate.class);

    private final NextIdentity next;
    private final X509Certificate authority;
    private final EdgeClock clock;
    private volatile MachineIdentity identity;
    private volatile Set<BigInteger> revoked = Set.of();
    private volatile MachineTls tls;

    DeviceCertificate(NextIdentity next, MachineIdentity identity, X509Certificate authority, EdgeClock clock) {
        this.next = next;
        this.authority = authority;
        this.clock = clock;
        this.identity = identity;
        this.tls = connecting(identity);
    }

    private MachineTls connecting(MachineIdentity as) {
        PeerPolicy backends = PeerPolicy.of(authority, MachineRole.BACKEND).withRevoked(this::revoked);
        return MachineTls.mutual(as, backends);
    }

    MachineIdentity identity() {
        return identity;
    }

    /** For the next connection. */
    MachineTls tls() {
        return tls;
    }

    /** Whether its time is over by the best clock there is: then only a new token helps. */
    boolean expired() {
        return clock.now().isAfter(leaf().getNotAfter().toInstant());
    }

    Instant expires() {
        return leaf().getNotAfter().toInstant();
    }

    private X509Certificate leaf() {
        return identity.chain().get(0);
    }

    boolean revoked(BigInteger serial) {
        return revoked.contains(serial);
    }

    /** The list of revoked certificates, as held now; it counts with the next handshake. */
    void believe(SignedList list) {
        if (list.header().kind() != ListKind.REVOCATIONS) {
            return;
        }
        revoked = list.tree().records().stream()
                .map(record -> ListRecord.decode(ListKind.REVOCATIONS, record))
                .map(record -> ((RevokedMachine) record).serial())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<byte[]> question(Instant now) {
        return Renewal.isDue(leaf(), now)
                ? Optional.of(MachineKeys.request(next.profile(), next.pair(), identity.name()))
                : Optional.empty();
    }

    @Override
    public void granted(List<X509Certificate> chain) {
        MachineIdentity renewed =
                new MachineIdentity(next.profile(), next.pair().getPrivate(), chain);
        requireOurs(renewed);
        next.accept(chain);
        use(renewed);
    }

    /** A backend that answers nonsense must not cost the device the certificate it has. */
    private void requireOurs(MachineIdentity renewed) {
        try {
            PeerPolicy.of(authority, identity.name().role())
                    .withClock(Clock.fixed(clock.now(), ZoneOffset.UTC))
                    .judge(next.profile(), renewed.chain());
        } catch (PeerRefusedException e) {
            throw new LinkException(LinkFault.MALFORMED, "expected a certificate of the pinned authority", e);
        }
        boolean later = renewed.chain().get(0).getNotAfter().after(leaf().getNotAfter());
        if (!renewed.name().equals(identity.name()) || !later) {
            throw new LinkException(LinkFault.MALFORMED, "expected a later certificate of the same name");
        }
    }

    /** Switches to an identity that is on disk. */
    void use(MachineIdentity renewed) {
        identity = renewed;
        tls = connecting(renewed);
        LOG.info("new certificate serial={} until={}", leaf().getSerialNumber().toString(16), expires());
    }

    @Override
    public void refused(Enrolment.Refusal reason) {
        LOG.warn("certificate not renewed reason={} valid until={}", reason, expires());
    }
}
