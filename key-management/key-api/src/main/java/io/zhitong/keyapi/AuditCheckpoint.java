package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * A signed place in the vault's audit chain (审计检查点), for others to keep: who has it knows how far the vault had come. On the
 * wire: number 8 ‖ hash 32 ‖ signature 64.
 *
 * @param number of the checkpoint's record
 * @param hash of the chain before it
 * @param signature r ‖ s by the AUDIT key over {@link #signed}
 */
public record AuditCheckpoint(long number, byte[] hash, byte[] signature) {
    private static final int LENGTH = 104;

    public AuditCheckpoint {
        hash = Checks.length("hash", hash, 32);
        signature = Checks.length("signature", signature, 64);
        if (number < 1) {
            throw Checks.malformed("expected a number from 1");
        }
    }

    /** What is signed: 'ZTA1' ‖ number 8 ‖ hash 32. */
    public static byte[] signed(long number, byte[] hash) {
        return new ByteWriter().ascii("ZTA1").u64(number).bytes(hash).toByteArray();
    }

    /**
     * From its bytes.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED}
     */
    public static AuditCheckpoint parse(byte[] bytes) {
        return decode(new ByteReader(Checks.length("checkpoint", bytes, LENGTH)));
    }

    public byte[] toByteArray() {
        ByteWriter out = new ByteWriter();
        encode(out);
        return out.toByteArray();
    }

    void encode(ByteWriter out) {
        out.u64(number).bytes(hash).bytes(signature);
    }

    static AuditCheckpoint decode(ByteReader in) {
        return new AuditCheckpoint(in.u64(), in.bytes(32), in.bytes(64));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditCheckpoint that
                && number == that.number
                && Arrays.equals(hash, that.hash)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
