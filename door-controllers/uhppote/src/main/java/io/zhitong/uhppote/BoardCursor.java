package io.zhitong.uhppote;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.uhppote.message.BoardEvent;

/**
 * How far a board's events were taken over (取数游标), 72 bytes: journal 8 ‖ sequence 8 ‖ chain hash 32 ‖ clears 4 ‖ record 20.
 *
 * @param mark of the journal the events are written to
 * @param clears how often the board was found cleared or replaced; the boot count of the journal
 * @param record the 20 bytes of the last event taken, its index first; zeros = none yet
 */
public record BoardCursor(Watermark mark, long clears, Octets record) {

    public static final int LENGTH = 8 + 8 + Hash.LENGTH + 4 + BoardEvent.LENGTH;

    static final Octets NOTHING = Octets.zeros(BoardEvent.LENGTH);

    /** Before anything of this board was taken. */
    public static BoardCursor start(JournalId journal) {
        return new BoardCursor(Watermark.start(journal), 0, NOTHING);
    }

    /** Index of the last event taken, 0 = none yet. */
    public long index() {
        byte[] bytes = record.toByteArray();
        return (bytes[0] & 0xFFL) | (bytes[1] & 0xFFL) << 8 | (bytes[2] & 0xFFL) << 16 | (bytes[3] & 0xFFL) << 24;
    }

    public byte[] encode() {
        return new ByteWriter()
                .u64(mark.journal().value())
                .u64(mark.sequence())
                .bytes(mark.hash().toByteArray())
                .u32(clears)
                .bytes(record.toByteArray())
                .toByteArray();
    }

    /** @throws io.zhitong.smcrypto.MalformedInput if it is not a cursor */
    public static BoardCursor decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        BoardCursor cursor = new BoardCursor(
                new Watermark(new JournalId(in.u64()), in.u64(), Hash.of(in.bytes(Hash.LENGTH))),
                in.u32(),
                Octets.of(in.bytes(BoardEvent.LENGTH)));
        in.end();
        return cursor;
    }
}
