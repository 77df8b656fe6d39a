package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The vault's end of the wire protocol: a request's bytes in, an answer's bytes out. Refusals become answers; a fault of
 * the vault itself (any other exception) passes through to whoever runs the connection.
 */
public final class VaultDispatcher {
    private static final int MOST_MESSAGE = 2 * 1024 * 1024;

    private interface Handler {
        void answer(ByteReader in, ByteWriter out);
    }

    private final Map<VaultOp, Handler> handlers = new EnumMap<>(VaultOp.class);

    private VaultDispatcher() {}

    /** For a client whose certificate was accepted. */
    public static VaultDispatcher forMachine(KeyService service) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.serveKeys(service);
        dispatcher.serveMachines(service);
        return dispatcher;
    }

    /** For a client without a certificate: it may enrol and nothing else. */
    public static VaultDispatcher forStranger(TokenEnrolment enrolment) {
        VaultDispatcher dispatcher = new VaultDispatcher();
        dispatcher.handlers.put(
                VaultOp.ENROL_BY_TOKEN,
                (in, out) -> out.text(
                        enrolment.enrol(in.text(), MachineEnrolment.decode(in)).pem()));
        return dispatcher;
    }

    /** Answers one request; both are frame contents ({@link VaultFrames}). */
    public byte[] answer(byte[] request) {
        try {
            ByteReader in = new ByteReader(request);
            Checks.range("protocol version", in.u8(), VaultFrames.VERSION, VaultFrames.VERSION);
            Handler handler = handlers.get(VaultOp.of(in.u8()));
            if (handler == null) {
                throw new KeyServiceException(KeyRefusal.CALLER_NOT_ALLOWED, "this client may not ask that");
            }
            ByteWriter out = new ByteWriter().u8(0);
            handler.answer(in, out);
            in.end();
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
        handlers.put(VaultOp.STATUS, (in, out) -> keys.status().encode(out));
        handlers.put(VaultOp.KEYS, (in, out) -> Lists.encode(out, keys.keys(), KeyListing::encode));
        handlers.put(VaultOp.RANDOM, (in, out) -> out.bytes(keys.random(in.u16())));
        handlers.put(
                VaultOp.WRAP,
                (in, out) -> Lists.encode(
                        out, keys.wrap(Lists.decode(in, WrapRequest::decode)), (wrapped, to) -> to.sized(wrapped)));
        handlers.put(
                VaultOp.MAC,
                (in, out) ->
                        Lists.encode(out, keys.mac(Lists.decode(in, MacRequest::decode)), (mac, to) -> to.sized(mac)));
        handlers.put(
                VaultOp.VERIFY,
                (in, out) -> Lists.encode(
                        out,
                        keys.verifyMacs(Lists.decode(in, VerifyRequest::decode)),
                        (right, to) -> to.u8(right ? 1 : 0)));
        handlers.put(VaultOp.VERIFY_THEN_MAC, (in, out) -> hostMac(keys, HostMacRequest.decode(in), out));
        handlers.put(
                VaultOp.AUTHENTICATE, (in, out) -> out.bytes(keys.authenticate(KeyRef.decode(in), in.bytes(in.u8()))));
    }

    private void serveMachines(KeyService keys) {
        handlers.put(VaultOp.CERTIFY_CARD, (in, out) -> out.bytes(keys.certifyCard(CardCertificateRequest.decode(in))));
        handlers.put(VaultOp.SIGN, (in, out) -> out.bytes(keys.sign(SigningKey.of(in.u8()), message(in))));
        handlers.put(VaultOp.PUBLIC_KEY, (in, out) -> out.bytes(keys.publicKey(SigningKey.of(in.u8()))));
        handlers.put(
                VaultOp.ENROL_MACHINE,
                (in, out) ->
                        out.text(keys.enrolMachine(MachineEnrolment.decode(in)).pem()));
        handlers.put(
                VaultOp.REVOKE,
                (in, out) -> Lists.encode(
                        out,
                        keys.revoke(Revocation.decodeSerial(in), RevocationReason.of(in.u8())),
                        Revocation::encode));
        handlers.put(VaultOp.REVOCATIONS, (in, out) -> Lists.encode(out, keys.revocations(), Revocation::encode));
    }

    private static void hostMac(KeyService keys, HostMacRequest ask, ByteWriter out) {
        Optional<byte[]> mac = keys.verifyThenMac(ask.key(), ask.sessionSeed(), ask.data(), ask.mac(), ask.dataToMac());
        out.u8(mac.isPresent() ? 1 : 0);
        mac.ifPresent(out::bytes);
    }

    private static byte[] message(ByteReader in) {
        return Checks.length("message", in.rest(), 1, MOST_MESSAGE);
    }
}
