package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The vault's end of the wire protocol: a request's bytes in, an answer's bytes out. Refusals become answers; a fault of
 * the vault itself (any other exception) passes through to whoever runs the connection.
 */
public final class VaultDispatcher {
    private static final int MOST_MESSAGE = 2 * 1024 * 1024;

    private final WireHandlers handlers = new WireHandlers();

    private VaultDispatcher() {}

    /** For a client whose certificate was accepted. */
    public static VaultDispatcher forMachine(KeyService service) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.serveKeys(service);
        dispatcher.serveMachines(service);
        return dispatcher;
    }

    /** For a client whose certificate was accepted, with what its people do to the keys. */
    public static VaultDispatcher forMachine(KeyService service, KeyAdministration people) {
        VaultDispatcher dispatcher = forMachine(service);
        dispatcher.servePeople(people);
        return dispatcher;
    }

    /** For the vault's own command line: what people do, how the vault is, and the issue of SAMs. */
    public static VaultDispatcher forAdministrator(KeyService service, KeyAdministration people) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.handlers.put(VaultOp.STATUS, in -> out -> service.status().encode(out));
        SamIssueWire.serve(service, dispatcher.handlers);
        dispatcher.servePeople(people);
        return dispatcher;
    }

    private void servePeople(KeyAdministration people) {
        DoorWire.serve(people.door(), handlers);
        CatalogueWire.serve(people.catalogue(), handlers);
        CustodyWire.serve(people.custodians(), handlers);
        CeremonyWire.serve(people.ceremonies(), handlers);
        RegisterWire.serve(people.register(), handlers);
        MachineWire.serve(people.machines(), handlers);
        AuthCardWire.serve(people.authenticationCards(), handlers);
        EvidenceWire.serve(people.evidence(), handlers);
    }

    /** For a standby: it follows, and asks nothing else. */
    public static VaultDispatcher forStandby(VaultReplication replication) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.handlers.put(ReplicaOp.NEXT, in -> {
            ReplicaPlace have = ReplicaPlace.decode(in);
            return out -> replication.next(have).encode(out);
        });
        return dispatcher;
    }

    /** For a client without a certificate: it may enrol and nothing else. */
    public static VaultDispatcher forStranger(TokenEnrolment enrolment) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.handlers.put(VaultOp.ENROL_BY_TOKEN, in -> {
            String token = in.text();
            MachineEnrolment asked = MachineEnrolment.decode(in);
            return out -> out.text(enrolment.enrol(token, asked).pem());
        });
        return dispatcher;
    }

    /** Answers one request; both are frame contents ({@link VaultFrames}). */
    public byte[] answer(byte[] request) {
        try {
            ByteReader in = new ByteReader(request);
            Checks.range("protocol version", in.u8(), VaultFrames.VERSION, VaultFrames.VERSION);
            WireHandlers.Act act = handlers.of(in.u8()).read(in);
            in.end();
            ByteWriter out = new ByteWriter().u8(0);
            act.answer(out);
            return out.toByteArray();
        } catch (KeyServiceException e) {
            return refusal(e);
        } catch (MalformedInput e) {
            return refusal(Checks.malformed(e.getMessage()));
        }
    }

    /** A refusal as an answer: code 1 ‖ text. */
    public static byte[] refusal(KeyServiceException e) {
        return new ByteWriter()
                .u8(e.reason().code())
                .text(String.valueOf(e.getMessage()))
                .toByteArray();
    }

    private void serveKeys(KeyService keys) {
        handlers.put(VaultOp.STATUS, in -> out -> keys.status().encode(out));
        handlers.put(VaultOp.KEYS, in -> out -> Lists.encode(out, keys.keys(), KeyListing::encode));
        handlers.put(VaultOp.RANDOM, in -> {
            int length = in.u16();
            return out -> out.bytes(keys.random(length));
        });
        batch(VaultOp.WRAP, WrapRequest::decode, keys::wrap, (wrapped, out) -> out.sized(wrapped));
        batch(VaultOp.MAC, MacRequest::decode, keys::mac, (mac, out) -> out.sized(mac));
        batch(VaultOp.VERIFY, VerifyRequest::decode, keys::verifyMacs, (right, out) -> out.u8(right ? 1 : 0));
        handlers.put(VaultOp.VERIFY_THEN_MAC, in -> {
            HostMacRequest ask = HostMacRequest.decode(in);
            return out -> hostMac(keys, ask, out);
        });
        handlers.put(VaultOp.AUTHENTICATE, in -> {
            KeyRef key = KeyRef.decode(in);
            byte[] challenge = in.bytes(in.u8());
            return out -> out.bytes(keys.authenticate(key, challenge));
        });
        batch(VaultOp.WRAP_DATA, DataWrapRequest::decode, keys::wrapDataKeys, (wrapped, out) -> out.sized(wrapped));
        batch(VaultOp.UNWRAP_DATA, DataUnwrapRequest::decode, keys::unwrapDataKeys, (key, out) -> {
            DataWrapRequest.put(key, out);
            key.close();
        });
        batch(VaultOp.HASH_DATA, DataHashRequest::decode, keys::hashData, (hash, out) -> out.bytes(hash));
        handlers.put(VaultOp.CERTIFY_CARD, in -> {
            CardCertificateRequest request = CardCertificateRequest.decode(in);
            return out -> out.bytes(keys.certifyCard(request));
        });
        handlers.put(VaultOp.CERTIFY_READER, in -> {
            ReaderCertificateRequest request = ReaderCertificateRequest.decode(in);
            return out -> out.bytes(keys.certifyReader(request));
        });
        handlers.put(VaultOp.SIGN, in -> {
            SigningKey key = SigningKey.of(in.u8());
            byte[] message = Checks.length("message", in.rest(), 1, MOST_MESSAGE);
            return out -> out.bytes(keys.sign(key, message));
        });
        handlers.put(VaultOp.PUBLIC_KEY, in -> {
            SigningKey key = SigningKey.of(in.u8());
            return out -> out.bytes(keys.publicKey(key));
        });
    }

    private void serveMachines(KeyService keys) {
        handlers.put(VaultOp.ENROL_MACHINE, in -> {
            MachineEnrolment enrolment = MachineEnrolment.decode(in);
            return out -> out.text(keys.enrolMachine(enrolment).pem());
        });
        handlers.put(VaultOp.REVOKE, in -> {
            BigInteger serial = Revocation.decodeSerial(in);
            RevocationReason reason = RevocationReason.of(in.u8());
            return out -> Lists.encode(out, keys.revoke(serial, reason), Revocation::encode);
        });
        handlers.put(VaultOp.REVOCATIONS, in -> out -> Lists.encode(out, keys.revocations(), Revocation::encode));
    }

    private <Q, A> void batch(
            VaultOp op,
            Function<ByteReader, Q> decode,
            Function<List<Q>, List<A>> ask,
            BiConsumer<A, ByteWriter> encode) {
        handlers.put(op, in -> {
            List<Q> requests = Lists.decode(in, decode);
            return out -> Lists.encode(out, ask.apply(requests), encode);
        });
    }

    private static void hostMac(KeyService keys, HostMacRequest ask, ByteWriter out) {
        Optional<byte[]> mac = keys.verifyThenMac(ask.key(), ask.sessionSeed(), ask.data(), ask.mac(), ask.dataToMac());
        out.u8(mac.isPresent() ? 1 : 0);
        mac.ifPresent(out::bytes);
    }
}
