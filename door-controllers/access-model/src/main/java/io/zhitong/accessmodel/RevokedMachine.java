package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.math.BigInteger;

/**
 * A machine certificate that is believed no longer (吊销记录): serial 20, zeros on the left ‖ since 8 (Unix seconds). By this
 * list a device refuses a backend that was revoked, also while nobody can be asked.
 *
 * @param serial of the certificate, positive, at most 20 bytes
 * @param sinceSecond when it was revoked, 0 … 2⁶³−1
 */
public record RevokedMachine(BigInteger serial, long sinceSecond) implements ListRecord {
    private static final int SERIAL = 20;

    public RevokedMachine {
        ModelException.require(
                serial.signum() > 0 && serial.bitLength() <= SERIAL * Byte.SIZE,
                ModelException.Reason.RANGE,
                "a positive serial of at most 20 bytes");
        ModelException.require(sinceSecond >= 0, ModelException.Reason.RANGE, "a time since 1970");
    }

    @Override
    public ListKind kind() {
        return ListKind.REVOCATIONS;
    }

    @Override
    public byte[] canonical() {
        byte[] digits = serial.toByteArray();
        int sign = digits.length > SERIAL ? 1 : 0;
        ByteWriter out = new ByteWriter();
        for (int i = digits.length - sign; i < SERIAL; i++) {
            out.u8(0);
        }
        for (int i = sign; i < digits.length; i++) {
            out.u8(digits[i] & 0xFF);
        }
        return out.u64(sinceSecond).toByteArray();
    }

    /** @throws ModelException if the bytes are not a revocation */
    public static RevokedMachine decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.REVOCATIONS, RevokedMachine::read);
    }

    private static RevokedMachine read(ByteReader in) {
        return new RevokedMachine(new BigInteger(1, in.bytes(SERIAL)), in.u64());
    }
}
