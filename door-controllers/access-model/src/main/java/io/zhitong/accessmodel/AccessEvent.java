package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;
import java.util.Optional;

/**
 * Body of ACCESS_GRANTED and ACCESS_DENIED (通行事件): what was decided, by which list, and what proves it.
 *
 * <p>Bytes: version 01 ‖ outcome 1 ‖ reason 2 ‖ credential 8 (0 = unknown) ‖ method 1 ‖ level 1 ‖ access list epoch 4 ‖
 * number 8 ‖ n 1 ‖ n × rule id 4 ‖ evidence length 2 ‖ evidence. Version 02: the same ‖ {@link Circumstances}. Source: our profile,
 * docs/events.md.
 *
 * @param credential nothing if the card did not get as far as proving a number
 * @param list version of the access list that decided
 * @param rules ids of the rules passed, u32 each, at most 255
 * @param evidence what a third party can check later ({@link SealedEvidence} bytes), or empty
 * @param site what was decided by besides the lists, where the device told it
 */
public record AccessEvent(
        Outcome outcome,
        DenyReason reason,
        Optional<CredentialNumber> credential,
        AccessMethod method,
        CarrierLevel level,
        ListVersion list,
        List<Long> rules,
        Octets evidence,
        Optional<Circumstances> site) {

    private static final int VERSION = 1;
    private static final int WITH_SITE = 2;
    private static final int MAX_EVIDENCE = 1024;

    public AccessEvent {
        rules = List.copyOf(rules);
        ModelException.require(
                (outcome == Outcome.GRANTED) == (reason == DenyReason.NONE),
                ModelException.Reason.RANGE,
                "a reason exactly when denied");
        ModelException.require(
                credential.map(number -> number.value() != 0).orElse(true),
                ModelException.Reason.RANGE,
                "a credential other than 0");
        ModelException.require(rules.size() <= 255, ModelException.Reason.LENGTH, "at most 255 rules");
        ModelException.require(
                rules.stream().allMatch(rule -> rule >= 0 && rule <= 0xFFFF_FFFFL),
                ModelException.Reason.RANGE,
                "rule ids u32");
        ModelException.require(
                evidence.length() <= MAX_EVIDENCE,
                ModelException.Reason.LENGTH,
                "evidence of at most " + MAX_EVIDENCE + " bytes");
    }

    /** Without what the site was like. */
    public AccessEvent(
            Outcome outcome,
            DenyReason reason,
            Optional<CredentialNumber> credential,
            AccessMethod method,
            CarrierLevel level,
            ListVersion list,
            List<Long> rules,
            Octets evidence) {
        this(outcome, reason, credential, method, level, list, rules, evidence, Optional.empty());
    }

    public AccessEvent at(Circumstances circumstances) {
        return new AccessEvent(
                outcome, reason, credential, method, level, list, rules, evidence, Optional.of(circumstances));
    }

    public EventKind kind() {
        return outcome == Outcome.GRANTED ? EventKind.ACCESS_GRANTED : EventKind.ACCESS_DENIED;
    }

    public byte[] encode() {
        ByteWriter out = new ByteWriter()
                .u8(site.isPresent() ? WITH_SITE : VERSION)
                .u8(outcome.code())
                .u16(reason.code())
                .u64(credential.map(CredentialNumber::value).orElse(0L))
                .u8(method.code())
                .u8(level.code())
                .u32(list.epoch())
                .u64(list.number())
                .u8(rules.size());
        rules.forEach(out::u32);
        out.u16(evidence.length()).bytes(evidence.toByteArray());
        site.ifPresent(told -> told.write(out));
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one access event of version 1 or 2 */
    public static AccessEvent decode(byte[] bytes) {
        return Decoding.exactly(bytes, JournalRecord.MAX_BODY, "access event", AccessEvent::read);
    }

    private static AccessEvent read(ByteReader in) {
        int version = in.u8();
        ModelException.require(
                version == VERSION || version == WITH_SITE,
                ModelException.Reason.UNKNOWN_CODE,
                "access event version 1 or 2");
        return new AccessEvent(
                Coded.require(Outcome.class, in.u8()),
                Coded.require(DenyReason.class, in.u16()),
                credential(in.u64()),
                Coded.require(AccessMethod.class, in.u8()),
                Coded.require(CarrierLevel.class, in.u8()),
                new ListVersion(in.u32(), in.u64()),
                Decoding.list(in, in.u8(), ByteReader::u32),
                Octets.of(in.bytes(in.u16())),
                version == WITH_SITE ? Optional.of(Circumstances.read(in)) : Optional.empty());
    }

    private static Optional<CredentialNumber> credential(long number) {
        return number == 0 ? Optional.empty() : Optional.of(new CredentialNumber(number));
    }
}
