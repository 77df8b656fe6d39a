package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;

/** The vault's end of {@link Ceremonies}. */
final class CeremonyWire {
    /** What a custodian does with his PIN and nothing more than one secret. */
    private interface Deed {
        CeremonyStatus by(int custodian, SecretBytes pin);
    }

    private CeremonyWire() {}

    static void serve(Ceremonies ceremonies, WireHandlers handlers) {
        handlers.put(CeremonyOp.STATUS, in -> out -> ceremonies.status().encode(out));
        handlers.put(CeremonyOp.START, in -> {
            CeremonySettings settings = CeremonySettings.decode(in);
            return out -> ceremonies.start(settings).encode(out);
        });
        handlers.put(CeremonyOp.JOIN, in -> {
            String name = in.text();
            SecretBytes pin = Secrets.decode(in);
            return out -> {
                try (pin) {
                    ceremonies.join(name, pin).encode(out);
                }
            };
        });
        handlers.put(CeremonyOp.COMMIT, in -> {
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            byte[] salt = in.bytes(CeremonyCommitment.SALT);
            byte[] commitment = in.bytes(32);
            return out -> {
                try (pin) {
                    ceremonies.commit(custodian, pin, salt, commitment).encode(out);
                }
            };
        });
        withSecret(handlers, CeremonyOp.REVEAL, ceremonies::reveal);
        withSecret(handlers, CeremonyOp.CONFIRM, ceremonies::confirm);
        withPin(handlers, CeremonyOp.CLOSE, ceremonies::close);
        withPin(handlers, CeremonyOp.ABORT, ceremonies::abort);
        handlers.put(CeremonyOp.DEAL, in -> {
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            return out -> deal(ceremonies, custodian, pin, out);
        });
        handlers.put(
                CeremonyOp.TRANSCRIPT,
                in -> out -> out.bytes(ceremonies.transcript().getBytes(StandardCharsets.UTF_8)));
    }

    private interface SecretDeed {
        CeremonyStatus by(int custodian, SecretBytes pin, SecretBytes secret);
    }

    private static void withSecret(WireHandlers handlers, CeremonyOp op, SecretDeed deed) {
        handlers.put(op, in -> {
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            SecretBytes secret = Secrets.decode(in);
            return out -> {
                try (pin;
                        secret) {
                    deed.by(custodian, pin, secret).encode(out);
                }
            };
        });
    }

    private static void withPin(WireHandlers handlers, CeremonyOp op, Deed deed) {
        handlers.put(op, in -> {
            int custodian = in.u8();
            SecretBytes pin = Secrets.decode(in);
            return out -> {
                try (pin) {
                    deed.by(custodian, pin).encode(out);
                }
            };
        });
    }

    private static void deal(Ceremonies ceremonies, int custodian, SecretBytes pin, ByteWriter out) {
        try (pin;
                DealtShare dealt = ceremonies.deal(custodian, pin)) {
            dealt.encode(out);
        }
    }
}
