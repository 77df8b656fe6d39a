package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Optional;

/**
 * Body of LIST_INSTALLED and LIST_REFUSED (名单事件).
 *
 * <p>Bytes: version 01 ‖ list kind 1 ‖ refusal 1 (0 = installed) ‖ epoch 4 ‖ number 8 ‖ root 32 (of the list held now, zeros
 * without one). Source: our profile, docs/events.md.
 */
public record ListEvent(ListKind list, Optional<ListRefusal> refusal, ListVersion version, Hash root) {

    private static final int VERSION = 1;
    private static final int LENGTH = 47;

    public EventKind kind() {
        return refusal.isPresent() ? EventKind.LIST_REFUSED : EventKind.LIST_INSTALLED;
    }

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(list.code())
                .u8(refusal.map(ListRefusal::code).orElse(0))
                .u32(version.epoch())
                .u64(version.number())
                .bytes(root.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one list event */
    public static ListEvent decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "list event", ListEvent::read);
    }

    private static ListEvent read(ByteReader in) {
        ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "list event version 1");
        ListKind list = Coded.require(ListKind.class, in.u8());
        int refusal = in.u8();
        return new ListEvent(
                list,
                refusal == 0 ? Optional.empty() : Optional.of(Coded.require(ListRefusal.class, refusal)),
                new ListVersion(in.u32(), in.u64()),
                Hash.of(in.bytes(Hash.LENGTH)));
    }
}
