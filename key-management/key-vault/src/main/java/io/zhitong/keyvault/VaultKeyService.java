package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CardCertificateRequest;
import io.zhitong.keyapi.DataHashRequest;
import io.zhitong.keyapi.DataUnwrapRequest;
import io.zhitong.keyapi.DataWrapRequest;
import io.zhitong.keyapi.DerivedKey;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.MacRequest;
import io.zhitong.keyapi.MachineCertificate;
import io.zhitong.keyapi.MachineEnrolment;
import io.zhitong.keyapi.ReaderCertificateRequest;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultStatus;
import io.zhitong.keyapi.VerifyRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.machinetls.MachineName;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The vault as one caller sees it: decides, lets {@link CardKeyWork} compute, and has the audit record on disk before the
 * answer leaves. Refusals are audited too.
 */
final class VaultKeyService implements KeyService {
    private static final Set<AuditKind> IN_EARNEST =
            EnumSet.of(AuditKind.WRAPPED, AuditKind.CARD_CERTIFIED, AuditKind.READER_CERTIFIED, AuditKind.DATA_WRAPPED);
    private static final int MOST_RANDOM = 4096;
    private static final int MOST_MESSAGE = 2 * 1024 * 1024;

    private final Vault vault;
    private final MachineName caller;

    VaultKeyService(Vault vault, MachineName caller) {
        this.vault = vault;
        this.caller = caller;
    }

    @Override
    public VaultStatus status() {
        return vault.status();
    }

    @Override
    public List<KeyListing> keys() {
        return vault.masters().use(open -> open.masters().list());
    }

    @Override
    public byte[] random(int length) {
        if (length < 1 || length > MOST_RANDOM) {
            throw malformed("expected 1 to " + MOST_RANDOM + " random bytes");
        }
        return vault.module().random(length);
    }

    @Override
    public List<byte[]> wrap(List<WrapRequest> requests) {
        return batch(
                AuditKind.WRAPPED,
                requests,
                (open, item) -> open.work().wrap(item),
                (root, item, answer) -> root.add(item.control()).add(item.key()));
    }

    @Override
    public List<byte[]> mac(List<MacRequest> requests) {
        return batch(
                AuditKind.MAC_MADE,
                requests,
                (open, item) -> open.work().mac(item),
                (root, item, answer) -> root.add(item.key(), Sm3.hash(item.data())));
    }

    @Override
    public List<Boolean> verifyMacs(List<VerifyRequest> requests) {
        return batch(
                AuditKind.VERIFIED,
                requests,
                (open, item) -> open.work().verify(item),
                (root, item, answer) -> root.add(item.key(), (byte) (answer ? 1 : 0)));
    }

    @Override
    public Optional<byte[]> verifyThenMac(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac, byte[] dataToMac) {
        return audited(AuditKind.HOST_MAC, root -> {
            Optional<byte[]> answer =
                    vault.masters().use(open -> open.work().verifyThenMac(key, sessionSeed, data, mac, dataToMac));
            root.add(key, (byte) (answer.isPresent() ? 1 : 0));
            return answer;
        });
    }

    @Override
    public byte[] authenticate(KeyRef key, byte[] challenge) {
        return audited(AuditKind.AUTHENTICATED, root -> {
            root.add(key, challenge);
            return vault.masters().use(open -> open.work().authenticate(key, challenge));
        });
    }

    @Override
    public List<byte[]> wrapDataKeys(List<DataWrapRequest> requests) {
        return batch(
                AuditKind.DATA_WRAPPED,
                requests,
                (open, item) -> open.dataWork().wrap(item),
                (root, item, answer) -> root.add(item.key(), Sm3.hash(item.context())));
    }

    @Override
    public List<SecretBytes> unwrapDataKeys(List<DataUnwrapRequest> requests) {
        return batch(
                AuditKind.DATA_UNWRAPPED,
                requests,
                (open, item) -> open.dataWork().unwrap(item),
                (root, item, answer) -> root.add(item.key(), Sm3.hash(item.context())));
    }

    /** The audit tells of the answer: a plain hash of such a value could be tried out. */
    @Override
    public List<byte[]> hashData(List<DataHashRequest> requests) {
        return batch(
                AuditKind.DATA_HASHED,
                requests,
                (open, item) -> open.dataWork().hash(item),
                (root, item, answer) -> root.add(item.key(), Sm3.hash(answer)));
    }

    @Override
    public byte[] certifyCard(CardCertificateRequest request) {
        return audited(AuditKind.CARD_CERTIFIED, root -> {
            CardCertificates.check(request);
            byte[] certificate = vault.masters().use(open -> {
                DerivedKey control = open.masters().resolve(request.control(), KeyOperation.MAC);
                return open.cardCertificates().certify(request, control);
            });
            root.add(request.control(), certificate);
            return certificate;
        });
    }

    @Override
    public byte[] certifyReader(ReaderCertificateRequest request) {
        return audited(AuditKind.READER_CERTIFIED, root -> {
            byte[] certificate =
                    vault.masters().use(open -> open.cardCertificates().certify(request));
            root.add(Hex.of(request.subject()) + " " + Hex.of(Sm3.hash(certificate)));
            return certificate;
        });
    }

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        return audited(AuditKind.SIGNED, root -> {
            if (!key.signsOnRequest()) {
                throw new KeyServiceException(
                        KeyRefusal.NOT_ALLOWED, key + " (" + key.chinese() + ") signs only what the vault made itself");
            }
            if (message.length < 1 || message.length > MOST_MESSAGE) {
                throw malformed("expected a message of 1 byte to 2 MiB");
            }
            if (!key.signs(message)) {
                throw new KeyServiceException(
                        KeyRefusal.NOT_ALLOWED, key + " (" + key.chinese() + ") signs " + key.english() + " only");
            }
            if (key == SigningKey.SETTLEMENT) {
                checkEarnest();
            }
            root.add(key + " " + Hex.of(Sm3.hash(message)));
            return vault.sign(key, message);
        });
    }

    @Override
    public byte[] publicKey(SigningKey key) {
        return vault.publicKey(key);
    }

    @Override
    public MachineCertificate enrolMachine(MachineEnrolment enrolment) {
        return audited(AuditKind.MACHINE_ENROLLED, root -> {
            MachineCertificate issued = vault.machines().enrol(enrolment, caller);
            root.add(enrolment.name() + " " + issued.serial().toString(16));
            return issued;
        });
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        List<Revocation> all =
                orRefusal(AuditKind.MACHINE_REVOKED, () -> vault.machines().revoke(serial, reason));
        String what = serial.toString(16) + " " + reason;
        BatchRoot root = new BatchRoot();
        root.add(what);
        append(AuditKind.MACHINE_REVOKED, root, what);
        return all;
    }

    @Override
    public List<Revocation> revocations() {
        return vault.machines().revocations();
    }

    @Override
    public void close() {
        // The connection is its server's, the vault goes on for others: nothing of ours to release.
    }

    /** How an item and its answer are described in the batch's root. */
    private interface Describe<Q, A> {
        void into(BatchRoot root, Q item, A answer);
    }

    private <Q, A> List<A> batch(
            AuditKind kind, List<Q> requests, BiFunction<OpenMasters, Q, A> answer, Describe<Q, A> describe) {
        return audited(kind, root -> {
            if (requests.isEmpty() || requests.size() > MOST_ITEMS) {
                throw malformed("expected 1 to " + MOST_ITEMS + " items");
            }
            return vault.masters().use(open -> {
                List<A> answers = new ArrayList<>(requests.size());
                for (Q request : requests) {
                    A one = answer.apply(open, request);
                    describe.into(root, request, one);
                    answers.add(one);
                }
                return answers;
            });
        });
    }

    private <T> T audited(AuditKind kind, Function<BatchRoot, T> act) {
        BatchRoot root = new BatchRoot();
        T answer = orRefusal(kind, () -> {
            if (IN_EARNEST.contains(kind)) {
                checkEarnest();
            }
            return act.apply(root);
        });
        append(kind, root, "");
        return answer;
    }

    /** Rehearsal keys go into no card, protect no data and sign for no money. */
    private void checkEarnest() {
        if (vault.rehearsal()) {
            throw new KeyServiceException(KeyRefusal.REHEARSAL, "hold the ceremony in earnest first");
        }
    }

    private <T> T orRefusal(AuditKind kind, Supplier<T> act) {
        vault.requireKnown();
        try {
            return act.get();
        } catch (KeyServiceException e) {
            // Callers ask a sealed vault again and again: that it was sealed is in the audit already.
            if (e.reason() != KeyRefusal.SEALED) {
                append(
                        AuditKind.REFUSED,
                        new BatchRoot(),
                        kind.english() + ": " + e.reason().english());
            }
            throw e;
        }
    }

    private void append(AuditKind kind, BatchRoot root, String detail) {
        byte[] hash = root.items() == 0 ? HashChain.start() : root.root();
        vault.audit().append(kind, caller.toString(), root.items(), hash, detail);
    }

    private static KeyServiceException malformed(String message) {
        return new KeyServiceException(KeyRefusal.MALFORMED, message);
    }
}
