package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Optional;

/**
 * What one machine knows of the vault's newest number (见证). On the wire: present 1 ‖ {@link AuditCheckpoint} when present.
 *
 * @param newest the newest checkpoint it was ever given; empty when it knows none
 */
public record Testimony(Optional<AuditCheckpoint> newest) {
    void encode(ByteWriter out) {
        out.u8(newest.isPresent() ? 1 : 0);
        newest.ifPresent(present -> present.encode(out));
    }

    static Testimony decode(ByteReader in) {
        return new Testimony(Checks.flag(in.u8()) ? Optional.of(AuditCheckpoint.decode(in)) : Optional.empty());
    }
}
