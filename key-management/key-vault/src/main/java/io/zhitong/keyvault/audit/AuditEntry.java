package io.zhitong.keyvault.audit;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;

/**
 * One audit record (审计记录), one for each batch. Layout of what is hashed: number 8 ‖ time 8 (Unix milliseconds) ‖ kind 1 ‖
 * who (length 2 ‖ UTF-8) ‖ items 4 ‖ root 32 ‖ detail (length 2 ‖ UTF-8) ‖ signature (length 2 ‖ 0 or 64). In the file each
 * record is length 2 ‖ record ‖ chain hash 32.
 *
 * @param number from 1, rising by one
 * @param time Unix milliseconds
 * @param kind code of {@link AuditKind}; kept as a number so that a newer record can still be chained
 * @param who role and name of the caller, or {@code vault}
 * @param items in the batch
 * @param root what the items were: the last value of a {@link HashChain} over their public descriptions
 * @param detail a few words, never input from outside, never a key
 * @param signature of a checkpoint by the audit key over 'ZTA1' ‖ number 8 ‖ chain hash before it 32; else empty
 */
public record AuditEntry(
        long number, long time, int kind, String who, int items, byte[] root, String detail, byte[] signature) {
    private static final int SIGNATURE = 64;

    public AuditEntry {
        root = root.clone();
        signature = signature.clone();
    }

    byte[] encode() {
        return new ByteWriter()
                .u64(number)
                .u64(time)
                .u8(kind)
                .text(who)
                .u32(items)
                .bytes(root)
                .text(detail)
                .sized(signature)
                .toByteArray();
    }

    /** Whether it has the signature that a checkpoint must have, right or wrong. */
    static boolean mayBeSigned(AuditEntry entry) {
        return entry.signature.length == SIGNATURE;
    }

    static AuditEntry decode(byte[] record) {
        ByteReader in = new ByteReader(record);
        AuditEntry entry = new AuditEntry(
                in.u64(), in.u64(), in.u8(), in.text(), (int) in.u32(), in.bytes(32), in.text(), in.sized());
        in.end();
        return entry;
    }
}
