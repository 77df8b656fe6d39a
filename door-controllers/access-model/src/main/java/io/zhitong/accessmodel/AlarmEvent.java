package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Optional;

/**
 * Body of the alarms that a decision raised (判定报警): version 01 ‖ reason 2 (of the denial, 0 = granted) ‖ credential 8 (0 = unknown).
 * Source: our profile, docs/events.md.
 */
public record AlarmEvent(DenyReason reason, Optional<CredentialNumber> credential) {

    private static final int VERSION = 1;
    private static final int LENGTH = 11;

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u16(reason.code())
                .u64(credential.map(CredentialNumber::value).orElse(0L))
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one alarm of version 1 */
    public static AlarmEvent decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "alarm event", AlarmEvent::read);
    }

    private static AlarmEvent read(ByteReader in) {
        ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "alarm event version 1");
        DenyReason reason = Coded.require(DenyReason.class, in.u16());
        long number = in.u64();
        return new AlarmEvent(reason, number == 0 ? Optional.empty() : Optional.of(new CredentialNumber(number)));
    }
}
