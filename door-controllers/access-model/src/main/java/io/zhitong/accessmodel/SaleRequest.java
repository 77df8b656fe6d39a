package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteWriter;

/**
 * Arguments of the SALE command (收款请求): amount 4 (fen) ‖ reference length 2 ‖ reference.
 *
 * @param fen 1 … 2³¹−1
 * @param reference the cashier's own number, at most 64 bytes of UTF-8
 */
public record SaleRequest(long fen, String reference) {

    private static final int MAX_LENGTH = 70;

    public SaleRequest {
        ModelException.require(fen > 0 && fen <= Integer.MAX_VALUE, ModelException.Reason.RANGE, "an amount above 0");
        Decoding.text(reference, 64, "a reference");
    }

    public Octets encode() {
        return Octets.of(new ByteWriter().u32(fen).text(reference).toByteArray());
    }

    /** @throws ModelException if the bytes are not exactly one request */
    public static SaleRequest decode(Octets args) {
        return Decoding.exactly(
                args.toByteArray(), MAX_LENGTH, "sale request", in -> new SaleRequest(in.u32(), in.text()));
    }
}
