package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.math.BigInteger;
import java.time.Instant;

/**
 * One revoked machine certificate (吊销条目). Layout: serial length 1 ‖ serial ‖ reason 1 ‖ since 8 (Unix seconds).
 *
 * @param serial of the certificate, positive, at most 20 bytes
 * @param reason why
 * @param since when, to the second
 */
public record Revocation(BigInteger serial, RevocationReason reason, Instant since) {
    private static final int MOST = 20;

    public Revocation {
        if (serial.signum() <= 0) {
            throw Checks.malformed("serial: expected a positive number");
        }
        Checks.length("serial", serial.toByteArray(), 1, MOST);
        since = Instant.ofEpochSecond(since.getEpochSecond());
    }

    public void encode(ByteWriter out) {
        encodeSerial(out, serial);
        out.u8(reason.code()).u64(since.getEpochSecond());
    }

    public static Revocation decode(ByteReader in) {
        return new Revocation(
                decodeSerial(in), RevocationReason.of(in.u8()), Instant.ofEpochSecond(in.u64() & 0xFF_FFFF_FFFFL));
    }

    static void encodeSerial(ByteWriter out, BigInteger serial) {
        byte[] bytes = serial.toByteArray();
        out.u8(bytes.length).bytes(bytes);
    }

    static BigInteger decodeSerial(ByteReader in) {
        return new BigInteger(Checks.length("serial", in.bytes(in.u8()), 1, MOST));
    }
}
