package io.zhitong.accessmodel;

import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;

/**
 * What a till answers to LEASE_CHALLENGE (PSAM 租约查询应答), in the answer's detail as 88 hex digits: serial 10 ‖ terminal 6
 * ‖ lease 8 ‖ next number 4 ‖ challenge 16.
 *
 * @param serial the PSAM's
 * @param terminal number of the terminal in the PSAM
 * @param next terminal sequence that the PSAM gives next
 * @param challenge 16 bytes, good until the next command to the PSAM
 */
public record LeaseChallenge(Octets serial, Octets terminal, LeaseTerms lease, long next, Octets challenge) {
    private static final int LENGTH = 44;

    public LeaseChallenge {
        serial.expect(10, "a PSAM's serial number");
        terminal.expect(6, "a terminal number");
        challenge.expect(16, "a challenge");
        ModelException.require(
                next >= 0 && next <= 0xFFFFFFFFL, ModelException.Reason.RANGE, "a terminal sequence of 32 bits");
    }

    /** For {@code CommandAnswer.detail}. */
    public String detail() {
        return Hex.of(new ByteWriter()
                .bytes(serial.toByteArray())
                .bytes(terminal.toByteArray())
                .bytes(lease.encode())
                .u32(next)
                .bytes(challenge.toByteArray())
                .toByteArray());
    }

    /** @throws ModelException if it is not exactly one answer */
    public static LeaseChallenge parse(String detail) {
        return Decoding.exactly(
                bytes(detail),
                LENGTH,
                "lease challenge",
                in -> new LeaseChallenge(
                        Octets.of(in.bytes(10)),
                        Octets.of(in.bytes(6)),
                        LeaseTerms.parse(in.bytes(LeaseTerms.LENGTH)),
                        in.u32(),
                        Octets.of(in.bytes(16))));
    }

    private static byte[] bytes(String detail) {
        try {
            return Hex.parse(detail);
        } catch (MalformedInput e) {
            throw new ModelException(ModelException.Reason.LENGTH, "expected a lease challenge in hex");
        }
    }
}
