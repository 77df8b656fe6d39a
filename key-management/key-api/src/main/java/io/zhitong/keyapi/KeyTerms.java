package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * What was ordered with a master (密钥约定). On the wire: origin 1 ‖ exportability 1 ‖ from 8 ‖ to 8 ‖ custodian <i>text</i>.
 *
 * @param origin where it came from
 * @param exportability whether it may leave again as a key block
 * @param from Unix seconds; before them it does nothing
 * @param to Unix seconds, 0 for no end; from then on it goes into no new card or SAM, as if it were retired
 * @param custodian who answers for it, at most 64 bytes of UTF-8; may be empty
 */
public record KeyTerms(KeyOrigin origin, Exportability exportability, long from, long to, String custodian) {
    private static final int MOST_NAME = 64;

    public KeyTerms {
        if (from < 0 || to < 0 || to != 0 && to <= from) {
            throw Checks.malformed("expected an end of validity behind its begin");
        }
        Checks.range("custodian's name", custodian.getBytes(StandardCharsets.UTF_8).length, 0, MOST_NAME);
    }

    /** Made here, never leaves, valid from now on without an end. */
    public static KeyTerms own(long now) {
        return new KeyTerms(KeyOrigin.MADE, Exportability.NEVER, now, 0, "");
    }

    /** Whether its validity lets the operation through at that second. */
    public boolean allows(KeyOperation operation, long now) {
        return now >= from && (to == 0 || now < to || !operation.beginsSomething());
    }

    void encode(ByteWriter out) {
        out.u8(origin.code()).u8(exportability.letter()).u64(from).u64(to).text(custodian);
    }

    static KeyTerms decode(ByteReader in) {
        return new KeyTerms(KeyOrigin.of(in.u8()), Exportability.of(in.u8()), in.u64(), in.u64(), in.text());
    }
}
