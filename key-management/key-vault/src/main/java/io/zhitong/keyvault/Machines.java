package io.zhitong.keyvault;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyvault.store.StoredAuthority;
import io.zhitong.keyvault.store.StoredToken;
import io.zhitong.keyvault.store.VaultContent;
import io.zhitong.machinetls.MachineAuthority;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The vault's machine authorities (机器证书管理): certificates, one-time tokens, revocations. */
final class Machines {
    private static final Duration VALIDITY = Duration.ofDays(730);

    /** A machine's clock may lag behind ours; its certificate must not lie in its future. */
    private static final Duration SLACK = Duration.ofDays(1);

    private static final Set<MachineRole> DEVICES =
            EnumSet.of(MachineRole.CONTROLLER, MachineRole.POS, MachineRole.GATE, MachineRole.STATION);

    /** How a change reaches the disk; when it returns the change is there. */
    interface Keeper {
        VaultContent content();

        void keep(UnaryOperator<VaultContent> change);
    }

    private final Keeper keeper;
    private final Clock clock;
    private final RandomSource random;
    private final Map<MachineProfile, MachineAuthority> authorities = new EnumMap<>(MachineProfile.class);

    Machines(Keeper keeper, Clock clock, RandomSource random) {
        this.keeper = keeper;
        this.clock = clock;
        this.random = random;
        keeper.content().authorities().forEach(stored -> authorities.put(stored.profile(), authority(stored)));
    }

    X509Certificate authority(MachineProfile profile) {
        return found(profile).certificate();
    }

    /** On the word of a caller who may: devices of any name, or the caller itself. */
    MachineCertificate enrol(MachineEnrolment enrolment, MachineName caller) {
        if (!DEVICES.contains(enrolment.name().role()) && !enrolment.name().equals(caller)) {
            throw new KeyServiceException(
                    KeyRefusal.CALLER_NOT_ALLOWED, "expected a device, or the caller's own role and name");
        }
        return issue(enrolment);
    }

    /** A certificate of this machine: the vault's own, its command line's. */
    MachineCertificate own(MachineName self, byte[] request) {
        return issue(new MachineEnrolment(MachineProfile.SM2, self, request));
    }

    /** By a token, which is spent before the certificate leaves; only a backend comes this way. */
    synchronized MachineCertificate enrolByToken(String token, MachineEnrolment enrolment) {
        if (enrolment.name().role() != MachineRole.BACKEND || enrolment.profile() != MachineProfile.SM2) {
            throw new KeyServiceException(KeyRefusal.CALLER_NOT_ALLOWED, "a token enrols a backend, profile SM2");
        }
        StoredToken unspent = unspent(token)
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.BAD_TOKEN, "start the vault with --new-backend-token for another"));
        MachineCertificate issued = issue(enrolment);
        List<StoredToken> left = new ArrayList<>(keeper.content().tokens());
        left.removeIf(other -> Arrays.equals(other.hash(), unspent.hash()));
        keeper.keep(now -> now.withTokens(left));
        return issued;
    }

    private Optional<StoredToken> unspent(String token) {
        Instant now = clock.instant();
        return keeper.content().tokens().stream()
                .filter(stored -> Tokens.opens(stored, token, now))
                .findFirst();
    }

    /** A new token, replacing every unspent one; its text is answered once and kept nowhere here. */
    synchronized String newToken() {
        String token = Tokens.text(random);
        keeper.keep(now -> now.withTokens(List.of(Tokens.stored(token, clock.instant()))));
        return token;
    }

    boolean tokenOpen() {
        return keeper.content().tokens().stream()
                .anyMatch(token -> clock.instant().isBefore(token.end()));
    }

    List<Revocation> revocations() {
        return keeper.content().revocations();
    }

    boolean revoked(BigInteger serial) {
        return revocations().stream().anyMatch(entry -> entry.serial().equals(serial));
    }

    synchronized List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        if (!revoked(serial)) {
            List<Revocation> longer = new ArrayList<>(revocations());
            longer.add(new Revocation(serial, reason, clock.instant()));
            keeper.keep(now -> now.withRevocations(longer));
        }
        return revocations();
    }

    /**
     * A generation was lost: what it took back is taken back again. Tokens may be spent ones: all are over.
     *
     * @param revoked serial in hex, blank, reason, as the audit has them
     */
    synchronized void afterDamage(List<String> revoked) {
        List<Revocation> longer = new ArrayList<>(revocations());
        for (String entry : revoked) {
            String[] words = entry.split(" ", 2);
            BigInteger serial = new BigInteger(words[0], 16);
            if (longer.stream().noneMatch(known -> known.serial().equals(serial))) {
                longer.add(new Revocation(serial, RevocationReason.valueOf(words[1]), clock.instant()));
            }
        }
        keeper.keep(now -> now.withTokens(List.of()).withRevocations(longer));
    }

    private MachineCertificate issue(MachineEnrolment enrolment) {
        MachineAuthority authority = found(enrolment.profile());
        Instant now = clock.instant();
        try {
            X509Certificate certificate =
                    authority.issue(enrolment.request(), enrolment.name(), now.minus(SLACK), now.plus(VALIDITY));
            return new MachineCertificate(Pem.ofCertificates(List.of(certificate, authority.certificate())));
        } catch (MachineTlsException e) {
            throw new KeyServiceException(
                    KeyRefusal.BAD_CERTIFICATE_REQUEST, e.reason().english(), e);
        }
    }

    private MachineAuthority found(MachineProfile profile) {
        return Optional.ofNullable(authorities.get(profile))
                .orElseThrow(() -> new KeyServiceException(KeyRefusal.UNKNOWN_KEY, "no authority for " + profile));
    }

    private static MachineAuthority authority(StoredAuthority stored) {
        byte[] pkcs8 = stored.key().export(SecretAccess.TOKEN);
        try {
            return new MachineAuthority(
                    stored.profile(),
                    MachineKeys.privateKey(stored.profile(), pkcs8),
                    Pem.certificate(stored.certificate()));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
