package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A reader's key pair to be certified for one point (读卡器证书请求), role F0 of docs/card.md. On the wire: point 64 ‖ subject 8 ‖
 * from 4 ‖ to 4 ‖ number 2 ‖ proof 64.
 *
 * @param point x ‖ y of the reader's key
 * @param subject id of the point as card commands carry it, 8 bytes
 * @param from first day, BCD yyyymmdd
 * @param to last day, BCD yyyymmdd, not before {@code from} and at most {@value #MOST_DAYS} days behind it: cards without a
 *     clock forget old readers only when they meet newer ones
 * @param number certificate number of the point, 0–65535, rising
 * @param proof r ‖ s by the reader's own key over {@link #proofMessage}
 */
public record ReaderCertificateRequest(byte[] point, byte[] subject, byte[] from, byte[] to, int number, byte[] proof) {
    /** Longest life of a reader's certificate. */
    public static final int MOST_DAYS = 400;

    public ReaderCertificateRequest {
        point = Checks.length("point", point, 64);
        subject = Checks.length("subject", subject, 8);
        from = BcdDate.check("first day", from);
        to = BcdDate.check("last day", to);
        Checks.range("certificate number", number, 0, 0xFFFF);
        proof = Checks.length("proof", proof, 64);
        LocalDate last = BcdDate.of(from).plusDays(MOST_DAYS);
        if (Arrays.compareUnsigned(from, to) > 0 || BcdDate.of(to).isAfter(last)) {
            throw Checks.malformed("validity: expected a last day not before the first and at most 400 days behind it");
        }
    }

    /** 'ZTR1' ‖ point ‖ subject ‖ from ‖ to ‖ number: what the reader signs to show that the key is its own. */
    public static byte[] proofMessage(byte[] point64, byte[] subject8, byte[] from4, byte[] to4, int number) {
        return new ByteWriter()
                .ascii("ZTR1")
                .bytes(point64)
                .bytes(subject8)
                .bytes(from4)
                .bytes(to4)
                .u16(number)
                .toByteArray();
    }

    void encode(ByteWriter out) {
        out.bytes(point).bytes(subject).bytes(from).bytes(to).u16(number).bytes(proof);
    }

    static ReaderCertificateRequest decode(ByteReader in) {
        return new ReaderCertificateRequest(
                in.bytes(64), in.bytes(8), in.bytes(4), in.bytes(4), in.u16(), in.bytes(64));
    }
}
