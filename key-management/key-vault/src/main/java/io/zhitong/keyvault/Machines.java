package io.zhitong.keyvault;

import io.zhitong.keyapi.IssuedMachine;
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
import io.zhitong.machinetls.RevokedSerial;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm3;
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
    private static final Duration VALIDITY = Duration.ofDays(90);

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
    private volatile Runnable whenRevoked = () -> {};
    private final Map<MachineProfile, MachineAuthority> authorities = new EnumMap<>(MachineProfile.class);

    Machines(Keeper keeper, Clock clock, RandomSource random) {
        this.keeper = keeper;
        this.clock = clock;
        this.random = random;
        keeper.content().authorities().forEach(stored -> authorities.put(stored.profile(), authority(stored)));
    }

    /** By the vault's clock. */
    Instant now() {
        return clock.instant();
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
        return issue(enrolment, keyHash(enrolment), records -> records);
    }

    /** A certificate of this machine: the vault's own, its command line's. */
    MachineCertificate own(MachineName self, byte[] request) {
        MachineEnrolment own = new MachineEnrolment(MachineProfile.SM2, self, request);
        return issue(own, keyHash(own), records -> records);
    }

    /**
     * By a token; only a backend comes this way. The token is spent for the key before the certificate leaves, and answers the
     * same key again until that has been seen in a handshake or the token is over: an answer may be lost.
     */
    synchronized MachineCertificate enrolByToken(String token, MachineEnrolment enrolment) {
        if (enrolment.name().role() != MachineRole.BACKEND || enrolment.profile() != MachineProfile.SM2) {
            throw new KeyServiceException(KeyRefusal.CALLER_NOT_ALLOWED, "a token enrols a backend, profile SM2");
        }
        byte[] key = keyHash(enrolment);
        StoredToken open = open(token)
                .filter(stored -> records()
                        .spentFor(stored.hash())
                        .map(Hex.of(key)::equals)
                        .orElse(true))
                .orElseThrow(() -> new KeyServiceException(
                        KeyRefusal.BAD_TOKEN, "start the vault with --new-backend-token for another"));
        return issue(enrolment, key, records -> records.withSpent(open.hash(), key));
    }

    private Optional<StoredToken> open(String token) {
        Instant now = clock.instant();
        return keeper.content().tokens().stream()
                .filter(stored -> Tokens.opens(stored, token, now))
                .findFirst();
    }

    /**
     * A backend has come with this certificate: the token that brought it is over.
     *
     * @return whether there was one
     */
    synchronized boolean arrived(BigInteger serial) {
        MachineRecords records = records();
        if (records.spent().isEmpty()) {
            return false;
        }
        Optional<String> key =
                records.ofSerial(serial).map(IssuedMachine::keyHash).map(Hex::of);
        List<StoredToken> over = keeper.content().tokens().stream()
                .filter(token -> key.isPresent() && key.equals(records.spentFor(token.hash())))
                .toList();
        if (over.isEmpty()) {
            return false;
        }
        List<StoredToken> left = new ArrayList<>(keeper.content().tokens());
        left.removeAll(over);
        keeper.keep(now -> {
            MachineRecords fewer = MachineRecords.of(now);
            for (StoredToken token : over) {
                fewer = fewer.withoutSpent(token.hash());
            }
            return fewer.into(now.withTokens(left));
        });
        return true;
    }

    private MachineRecords records() {
        return MachineRecords.of(keeper.content());
    }

    /** Certificates given and not long over. */
    List<IssuedMachine> issued() {
        return records().issued();
    }

    /** The next number of the X.509 revocation lists: rises even when a generation was lost. */
    synchronized long nextListNumber() {
        long next = Math.max(records().listNumber() + 1, clock.instant().getEpochSecond());
        keeper.keep(now -> MachineRecords.of(now).withListNumber(next).into(now));
        return next;
    }

    /** The list of one authority, with what it issued and what nobody remembers who issued. */
    byte[] revocationList(MachineProfile profile, long number, Instant made, Instant next) {
        MachineRecords records = records();
        List<RevokedSerial> revoked = revocations().stream()
                .filter(entry -> records.ofSerial(entry.serial())
                        .map(machine -> machine.profile() == profile)
                        .orElse(true))
                .map(entry -> new RevokedSerial(
                        entry.serial(), entry.since(), entry.reason().x509()))
                .toList();
        return found(profile).revocationList(BigInteger.valueOf(number), made, next, revoked);
    }

    /** A new token, replacing every other; its text is answered once and kept nowhere here. */
    synchronized String newToken() {
        String token = Tokens.text(random);
        keeper.keep(now -> now.withTokens(List.of(Tokens.stored(token, clock.instant()))));
        return token;
    }

    boolean tokenOpen() {
        return keeper.content().tokens().stream()
                .anyMatch(token -> clock.instant().isBefore(token.end()));
    }

    /** Called after each revocation, in the revoker's thread. */
    void onRevoked(Runnable listener) {
        whenRevoked = listener;
    }

    List<Revocation> revocations() {
        return keeper.content().revocations();
    }

    boolean revoked(BigInteger serial) {
        return revocations().stream().anyMatch(entry -> entry.serial().equals(serial));
    }

    List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        if (added(serial, reason)) {
            whenRevoked.run();
        }
        return revocations();
    }

    private synchronized boolean added(BigInteger serial, RevocationReason reason) {
        if (revoked(serial)) {
            return false;
        }
        List<Revocation> longer = new ArrayList<>(revocations());
        longer.add(new Revocation(serial, reason, clock.instant()));
        keeper.keep(now -> now.withRevocations(longer));
        return true;
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

    private synchronized MachineCertificate issue(
            MachineEnrolment enrolment, byte[] key, UnaryOperator<MachineRecords> noted) {
        MachineAuthority authority = found(enrolment.profile());
        Instant now = clock.instant();
        try {
            X509Certificate certificate =
                    authority.issue(enrolment.request(), enrolment.name(), now.minus(SLACK), now.plus(VALIDITY));
            IssuedMachine given = new IssuedMachine(
                    certificate.getSerialNumber(),
                    enrolment.profile(),
                    enrolment.name(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    key);
            keeper.keep(content -> noted(content, noted, given));
            return new MachineCertificate(Pem.ofCertificates(List.of(certificate, authority.certificate())));
        } catch (MachineTlsException e) {
            throw badRequest(e);
        }
    }

    /** What is long over needs no revocation any more. */
    private static VaultContent noted(VaultContent content, UnaryOperator<MachineRecords> noted, IssuedMachine given) {
        MachineRecords before = MachineRecords.of(content);
        MachineRecords after = noted.apply(before).with(given);
        List<Revocation> kept = content.revocations().stream()
                .filter(entry -> before.ofSerial(entry.serial()).isEmpty()
                        || after.ofSerial(entry.serial()).isPresent())
                .toList();
        return after.into(content.withRevocations(kept));
    }

    private static byte[] keyHash(MachineEnrolment enrolment) {
        try {
            return Sm3.hash(MachineKeys.requested(enrolment.request()));
        } catch (MachineTlsException e) {
            throw badRequest(e);
        }
    }

    private static KeyServiceException badRequest(MachineTlsException e) {
        return new KeyServiceException(
                KeyRefusal.BAD_CERTIFICATE_REQUEST, e.reason().english(), e);
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
