package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** {@link Ceremonies} over the wire. */
final class RemoteCeremonies implements Ceremonies {
    private final WireAsker wire;

    RemoteCeremonies(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public CeremonyStatus status() {
        return ask(CeremonyOp.STATUS, out -> {});
    }

    @Override
    public CeremonyStatus start(CeremonySettings settings) {
        return ask(CeremonyOp.START, settings::encode);
    }

    @Override
    public CeremonyStatus join(String name, SecretBytes pin) {
        return ask(CeremonyOp.JOIN, out -> Secrets.encode(out.text(name), pin));
    }

    @Override
    public CeremonyStatus commit(int custodian, SecretBytes pin, byte[] salt, byte[] commitment) {
        return ask(CeremonyOp.COMMIT, out -> {
            Secrets.encode(out.u8(custodian), pin);
            out.bytes(Checks.length("salt", salt, CeremonyCommitment.SALT));
            out.bytes(Checks.length("commitment", commitment, 32));
        });
    }

    @Override
    public CeremonyStatus reveal(int custodian, SecretBytes pin, SecretBytes component) {
        return ask(CeremonyOp.REVEAL, out -> {
            Secrets.encode(out.u8(custodian), pin);
            Secrets.encode(out, component);
        });
    }

    @Override
    public DealtShare deal(int custodian, SecretBytes pin) {
        return wire.ask(CeremonyOp.DEAL, out -> Secrets.encode(out.u8(custodian), pin), DealtShare::decode);
    }

    @Override
    public CeremonyStatus confirm(int custodian, SecretBytes pin, SecretBytes share) {
        return ask(CeremonyOp.CONFIRM, out -> {
            Secrets.encode(out.u8(custodian), pin);
            Secrets.encode(out, share);
        });
    }

    @Override
    public CeremonyStatus close(int custodian, SecretBytes pin) {
        return ask(CeremonyOp.CLOSE, out -> Secrets.encode(out.u8(custodian), pin));
    }

    @Override
    public CeremonyStatus abort(int custodian, SecretBytes pin) {
        return ask(CeremonyOp.ABORT, out -> Secrets.encode(out.u8(custodian), pin));
    }

    @Override
    public String transcript() {
        return wire.ask(CeremonyOp.TRANSCRIPT, out -> {}, in -> new String(in.rest(), StandardCharsets.UTF_8));
    }

    private CeremonyStatus ask(CeremonyOp op, Consumer<ByteWriter> body) {
        return wire.ask(op, body, CeremonyStatus::decode);
    }
}
