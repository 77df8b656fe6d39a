package io.zhitong.accessmodel;

import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Arguments of the LEASE_RENEWAL command (PSAM 租约续期): lease 8 (docs/card.md) ‖ MAC 4 of the vault over the PSAM's command
 * under the challenge told last.
 */
public record LeaseRenewal(LeaseTerms terms, Octets mac) {
    private static final int LENGTH = LeaseTerms.LENGTH + 4;

    public LeaseRenewal {
        mac.expect(4, "a MAC");
    }

    public Octets encode() {
        return Octets.of(
                new ByteWriter().bytes(terms.encode()).bytes(mac.toByteArray()).toByteArray());
    }

    /** @throws ModelException if the bytes are not exactly one renewal */
    public static LeaseRenewal decode(Octets args) {
        return Decoding.exactly(
                args.toByteArray(),
                LENGTH,
                "lease renewal",
                in -> new LeaseRenewal(LeaseTerms.parse(in.bytes(LeaseTerms.LENGTH)), Octets.of(in.bytes(4))));
    }
}
