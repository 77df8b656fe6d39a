package io.zhitong.keyapi;

import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm3;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The vault over mutual TLS (远程密钥服务). Connects when first asked, reconnects by itself; while the vault is away every
 * call ends with {@link KeyRefusal#UNAVAILABLE} within the timeout. Thread-safe; up to eight calls run at once.
 */
public final class RemoteKeyService implements KeyService {
    private final WireAsker wire;

    /**
     * Connects nothing yet.
     *
     * @param address of the vault
     * @param tls mutual, SM2 profile, accepting the role vault
     * @param timeout for a connection, for each answer, and for a free connection
     */
    public RemoteKeyService(InetSocketAddress address, MachineTls tls, Duration timeout) {
        this(address, () -> tls, timeout);
    }

    RemoteKeyService(InetSocketAddress address, Supplier<MachineTls> tls, Duration timeout) {
        this.wire = new WireAsker(new VaultConnections(address, tls, timeout));
    }

    @Override
    public VaultStatus status() {
        return ask(VaultOp.STATUS, out -> {}, VaultStatus::decode);
    }

    @Override
    public List<KeyListing> keys() {
        return ask(VaultOp.KEYS, out -> {}, in -> Lists.decode(in, KeyListing::decode));
    }

    @Override
    public byte[] random(int length) {
        return ask(VaultOp.RANDOM, out -> out.u16(Checks.range("length", length, 1, 4096)), ByteReader::rest);
    }

    @Override
    public List<byte[]> wrap(List<WrapRequest> requests) {
        return batch(VaultOp.WRAP, requests, WrapRequest::encode, ByteReader::sized);
    }

    @Override
    public List<byte[]> mac(List<MacRequest> requests) {
        return batch(VaultOp.MAC, requests, MacRequest::encode, ByteReader::sized);
    }

    @Override
    public List<Boolean> verifyMacs(List<VerifyRequest> requests) {
        return batch(VaultOp.VERIFY, requests, VerifyRequest::encode, in -> Checks.flag(in.u8()));
    }

    @Override
    public Optional<byte[]> verifyThenMac(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac, byte[] dataToMac) {
        HostMacRequest request = new HostMacRequest(key, sessionSeed, data, mac, dataToMac);
        return ask(
                VaultOp.VERIFY_THEN_MAC,
                request::encode,
                in -> Checks.flag(in.u8()) ? Optional.of(in.bytes(4)) : Optional.empty());
    }

    @Override
    public byte[] authenticate(KeyRef key, byte[] challenge) {
        return ask(
                VaultOp.AUTHENTICATE,
                out -> {
                    key.encode(out);
                    out.u8(challenge.length).bytes(Checks.length("challenge", challenge, 8, 16));
                },
                ByteReader::rest);
    }

    @Override
    public List<byte[]> wrapDataKeys(List<DataWrapRequest> requests) {
        return batch(VaultOp.WRAP_DATA, requests, DataWrapRequest::encode, ByteReader::sized);
    }

    @Override
    public List<SecretBytes> unwrapDataKeys(List<DataUnwrapRequest> requests) {
        return batch(
                VaultOp.UNWRAP_DATA,
                requests,
                DataUnwrapRequest::encode,
                in -> SecretBytes.takeOver(in.bytes(DataWrapRequest.DATA_KEY)));
    }

    @Override
    public List<byte[]> hashData(List<DataHashRequest> requests) {
        return batch(VaultOp.HASH_DATA, requests, DataHashRequest::encode, in -> in.bytes(Sm3.LENGTH));
    }

    @Override
    public byte[] certifyCard(CardCertificateRequest request) {
        return ask(VaultOp.CERTIFY_CARD, request::encode, ByteReader::rest);
    }

    @Override
    public byte[] certifyReader(ReaderCertificateRequest request) {
        return ask(VaultOp.CERTIFY_READER, request::encode, ByteReader::rest);
    }

    @Override
    public byte[] sign(SigningKey key, byte[] message) {
        return ask(VaultOp.SIGN, out -> out.u8(key.code()).bytes(message), ByteReader::rest);
    }

    @Override
    public byte[] publicKey(SigningKey key) {
        return ask(VaultOp.PUBLIC_KEY, out -> out.u8(key.code()), ByteReader::rest);
    }

    @Override
    public MachineCertificate enrolMachine(MachineEnrolment enrolment) {
        return ask(VaultOp.ENROL_MACHINE, enrolment::encode, in -> new MachineCertificate(in.text()));
    }

    /** As {@link TokenEnrolment#enrol}, for a client that has no certificate yet. */
    MachineCertificate enrolByToken(String token, MachineEnrolment enrolment) {
        return ask(
                VaultOp.ENROL_BY_TOKEN,
                out -> enrolment.encode(out.text(token)),
                in -> new MachineCertificate(in.text()));
    }

    @Override
    public List<Revocation> revoke(BigInteger serial, RevocationReason reason) {
        return ask(
                VaultOp.REVOKE,
                out -> {
                    Revocation.encodeSerial(out, serial);
                    out.u8(reason.code());
                },
                in -> Lists.decode(in, Revocation::decode));
    }

    @Override
    public List<Revocation> revocations() {
        return ask(VaultOp.REVOCATIONS, out -> {}, in -> Lists.decode(in, Revocation::decode));
    }

    @Override
    public void close() {
        wire.close();
    }

    private <Q, A> List<A> batch(
            VaultOp op, List<Q> requests, BiConsumer<Q, ByteWriter> encode, Function<ByteReader, A> decode) {
        List<A> answers = ask(op, out -> Lists.encode(out, requests, encode), in -> Lists.decode(in, decode));
        if (answers.size() != requests.size()) {
            throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "the vault answered another number of items");
        }
        return answers;
    }

    private <T> T ask(VaultOp op, Consumer<ByteWriter> body, Function<ByteReader, T> decode) {
        return wire.ask(op, body, decode);
    }
}
