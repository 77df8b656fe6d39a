package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Optional;

/**
 * Body of JOURNAL_OPENED (新建日志), always record 1: names the last record of the journal before, or says that it is
 * unknown.
 *
 * <p>Bytes: version 01 ‖ known 1 (00, 01) ‖ previous journal 8 ‖ last sequence 8 ‖ its chain hash 32 (zeros if unknown).
 */
public record JournalOpened(Optional<Watermark> previous) {

    private static final int VERSION = 1;
    private static final int LENGTH = 50;

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(previous.isPresent() ? 1 : 0)
                .u64(previous.map(last -> last.journal().value()).orElse(0L))
                .u64(previous.map(Watermark::sequence).orElse(0L))
                .bytes(previous.map(Watermark::hash).orElse(Hash.ZERO).toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one such body */
    public static JournalOpened decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "journal opening", in -> {
            ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "journal opening version 1");
            int known = in.u8();
            ModelException.require(known <= 1, ModelException.Reason.UNKNOWN_CODE, "known 00 or 01");
            return new JournalOpened(known == 1 ? Optional.of(watermark(in)) : nothing(in));
        });
    }

    private static Watermark watermark(ByteReader in) {
        return new Watermark(new JournalId(in.u64()), in.u64(), Hash.of(in.bytes(Hash.LENGTH)));
    }

    private static Optional<Watermark> nothing(ByteReader in) {
        ModelException.require(
                Octets.of(in.bytes(16 + Hash.LENGTH)).isZero(),
                ModelException.Reason.RANGE,
                "zeros for a journal that is not known");
        return Optional.empty();
    }
}
