package io.zhitong.keyapi;

import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A key service without keys, for the wire only: answers are made of what was asked, so that a field that got lost or
 * swapped on the way shows.
 */
final class EchoKeys implements KeyService {
    static final Instant SINCE = Instant.ofEpochSecond(1_800_000_000);

    final List<Object> asked = new ArrayList<>();

    private <T> T note(Object question, T answer) {
        synchronized (asked) {
            asked.add(question);
        }
        return answer;
    }

    @Override
    public VaultStatus status() {
        return new VaultStatus(VaultState.SEALED, VaultMark.DEMO_QUORUM, 7, 1L << 40, new byte[32], "模块");
    }

    @Override
    public List<KeyListing> keys() {
        return List.of(new KeyListing(
                KeyRef.of(KeyUsage.DTK, 2, new byte[8]),
                KeyState.RETIRED,
                KeyTerms.own(1_800_000_000L),
                1_800_000_000L,
                1_800_000_000L,
                new byte[] {1, 2, 3}));
    }

    @Override
    public byte[] random(int length) {
        return new byte[length];
    }

    @Override
    public List<byte[]> wrap(List<WrapRequest> requests) {
        return note(requests, requests.stream().map(WrapRequest::prefix).toList());
    }

    @Override
    public List<byte[]> mac(List<MacRequest> requests) {
        return note(requests, requests.stream().map(MacRequest::data).toList());
    }

    @Override
    public List<Boolean> verifyMacs(List<VerifyRequest> requests) {
        return note(requests, requests.stream().map(one -> one.mac()[0] == 1).toList());
    }

    @Override
    public Optional<byte[]> verifyThenMac(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac, byte[] dataToMac) {
        return note(key, mac[0] == 1 ? Optional.of(mac) : Optional.empty());
    }

    @Override
    public byte[] authenticate(KeyRef key, byte[] challenge) {
        return note(key, challenge);
    }

    @Override
    public List<byte[]> wrapDataKeys(List<DataWrapRequest> requests) {
        return note(requests, requests.stream().map(DataWrapRequest::context).toList());
    }

    @Override
    public List<SecretBytes> unwrapDataKeys(List<DataUnwrapRequest> requests) {
        return note(
                requests,
                requests.stream()
                        .map(one -> SecretBytes.takeOver(Arrays.copyOf(one.wrapped(), DataWrapRequest.DATA_KEY)))
                        .toList());
    }

    @Override
    public List<byte[]> hashData(List<DataHashRequest> requests) {
        return note(
                requests, requests.stream().map(one -> Sm3.hash(one.value())).toList());
    }

    @Override
    public byte[] certifyCard(CardCertificateRequest request) {
        return note(request, request.point());
    }

    @Override
    public byte[] certifyReader(ReaderCertificateRequest request) {
        return note(request, request.subject());
    }

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        if (key == SigningKey.AUDIT) {
            throw new KeyServiceException(KeyRefusal.NOT_ALLOWED, "审计");
        }
        return note(key, message);
    }

    @Override
    public byte[] publicKey(SigningKey key) {
        return new byte[] {(byte) key.code()};
    }

    @Override
    public MachineCertificate enrolMachine(MachineEnrolment enrolment) {
        return note(enrolment, new MachineCertificate(enrolment.name() + " " + enrolment.profile()));
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        return note(serial, List.of(new Revocation(serial, reason, SINCE)));
    }

    @Override
    public List<Revocation> revocations() {
        return List.of();
    }

    @Override
    public void close() {
        note("close", "");
    }
}
