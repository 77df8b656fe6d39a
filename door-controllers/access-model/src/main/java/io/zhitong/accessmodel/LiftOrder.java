package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Arguments of the LIFT command (访客派梯参数), 11 bytes: host's credential 8 ‖ floor 2 (index; of the rear door 256 more) ‖ minutes 1.
 * Source: our profile, docs/link.md.
 *
 * @param host by whose right the visitor goes there; not 0
 * @param floor the host's, 0 … 511
 * @param minutes how long the floor stays permitted, 1 … 60
 */
public record LiftOrder(CredentialNumber host, int floor, int minutes) {

    public static final int MOST_MINUTES = 60;
    private static final int LENGTH = 11;

    public LiftOrder {
        ModelException.require(host.value() != 0, ModelException.Reason.RANGE, "a host's credential other than 0");
        Bounds.range(floor, 0, 2 * FloorGroup.FLOORS - 1L, "a floor from 0 to 511");
        Bounds.range(minutes, 1, MOST_MINUTES, "1 to 60 minutes");
    }

    public Octets encode() {
        return Octets.of(
                new ByteWriter().u64(host.value()).u16(floor).u8(minutes).toByteArray());
    }

    /** @throws ModelException if the bytes are no such arguments */
    public static LiftOrder decode(Octets bytes) {
        return Decoding.exactly(bytes.toByteArray(), LENGTH, "arguments for a lift", LiftOrder::read);
    }

    private static LiftOrder read(ByteReader in) {
        return new LiftOrder(new CredentialNumber(in.u64()), in.u16(), in.u8());
    }
}
