package io.zhitong.backend.keys;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.Hex;
import java.util.Optional;

/**
 * One record of the vault's audit chain, as the console reads it (审计行); the layout is that of docs/keys.md.
 *
 * @param number from 1, rising
 * @param time Unix milliseconds
 * @param code of the kind, also where this program does not know the kind
 * @param who role and name of the caller
 * @param items in the batch
 * @param root what the items were, folded into one hash
 * @param detail a few words
 * @param signature of a checkpoint; else empty
 */
public record AuditLine(
        long number, long time, int code, String who, long items, byte[] root, String detail, byte[] signature) {
    private static final int HASH = 32;

    /** @throws io.zhitong.smcrypto.MalformedInput for another layout */
    static AuditLine decode(byte[] record) {
        ByteReader in = new ByteReader(record);
        AuditLine line =
                new AuditLine(in.u64(), in.u64(), in.u8(), in.text(), in.u32(), in.bytes(HASH), in.text(), in.sized());
        in.end();
        return line;
    }

    /** Empty for a kind of a later vault. */
    public Optional<AuditKind> kind() {
        return AuditKind.of(code);
    }

    /** The root as hex digits. */
    public String rootText() {
        return Hex.of(root);
    }

    boolean checkpoint() {
        return code == AuditKind.CHECKPOINT.code();
    }
}
