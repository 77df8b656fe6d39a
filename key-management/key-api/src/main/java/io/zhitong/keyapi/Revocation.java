package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;

/**
 * One revoked machine certificate (吊销条目). Layout: serial length 1 ‖ serial ‖ reason 1 ‖ since 8 (Unix seconds).
 *
 * @param serial of the certificate, positive, at most 20 bytes
 * @param reason why
 * @param since when, to the second
 */
public record Revocation(BigInteger serial, RevocationReason reason, Instant since) {
    private static final int MOST = 20;
    private static final long LAST_SECOND = 0xFF_FFFF_FFFFL;

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
        BigInteger serial = decodeSerial(in);
        RevocationReason reason = RevocationReason.of(in.u8());
        return new Revocation(serial, reason, second(in.u64()));
    }

    static Instant second(long second) {
        if (second < 0 || second > LAST_SECOND) {
            throw Checks.malformed("time: expected seconds since 1970 in five bytes");
        }
        return Instant.ofEpochSecond(second);
    }

    static void encodeSerial(ByteWriter out, BigInteger serial) {
        byte[] bytes = serial.toByteArray();
        out.u8(bytes.length).bytes(bytes);
    }

    static BigInteger decodeSerial(ByteReader in) {
        byte[] bytes = Checks.length("serial", in.bytes(in.u8()), 1, MOST);
        BigInteger serial = new BigInteger(bytes);
        if (!Arrays.equals(bytes, serial.toByteArray())) {
            throw Checks.malformed("serial: expected no leading zeros");
        }
        return serial;
    }
}
