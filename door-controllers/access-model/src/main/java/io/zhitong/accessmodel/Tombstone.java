package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Body of RECORDS_LOST (丢失声明): a run of records that the device gave up, said by the device itself.
 *
 * <p>Bytes: version 01 ‖ cause 1 ‖ first 8 ‖ last 8 ‖ count 8 ‖ hash 32 ‖ signature 64. A device signs {@link #message}
 * with its machine key. Source: our profile, docs/events.md.
 *
 * @param first first sequence given up; 0 if the records never got a sequence
 * @param last last sequence given up
 * @param count how many events are lost
 * @param hash chain hash of record {@code last}, so that the chain goes on behind the hole; zeros if first is 0
 * @param signature 64 bytes r ‖ s
 */
public record Tombstone(Cause cause, long first, long last, long count, Hash hash, Octets signature) {

    /** Why the records are gone (丢失原因). */
    public enum Cause implements Coded {
        JOURNAL_FULL(1, "日志已满", "the journal was full"),
        NOT_WRITTEN(2, "未能写入", "the journal could not be written");

        private final int code;
        private final String chinese;
        private final String english;

        Cause(int code, String chinese, String english) {
            this.code = code;
            this.chinese = chinese;
            this.english = english;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String chinese() {
            return chinese;
        }

        @Override
        public String english() {
            return english;
        }
    }

    public static final int SIGNATURE_LENGTH = 64;
    private static final int VERSION = 1;
    private static final int LENGTH = 2 + 3 * 8 + Hash.LENGTH + SIGNATURE_LENGTH;

    public Tombstone {
        ModelException.require(
                first >= 0 && last >= first && count > 0, ModelException.Reason.RANGE, "first up to last, and a count");
        signature.expect(SIGNATURE_LENGTH, "a signature");
    }

    /**
     * What the device signs: 'ZTT1' ‖ community 4 ‖ device 4 ‖ journal 8 ‖ cause 1 ‖ first 8 ‖ last 8 ‖ count 8 ‖ hash 32.
     */
    public static byte[] message(
            CommunityId community,
            DeviceId device,
            JournalId journal,
            Cause cause,
            long first,
            long last,
            long count,
            Hash hash) {
        return new ByteWriter()
                .ascii("ZTT1")
                .u32(community.value())
                .u32(device.value())
                .u64(journal.value())
                .u8(cause.code())
                .u64(first)
                .u64(last)
                .u64(count)
                .bytes(hash.toByteArray())
                .toByteArray();
    }

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u8(cause.code())
                .u64(first)
                .u64(last)
                .u64(count)
                .bytes(hash.toByteArray())
                .bytes(signature.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one tombstone */
    public static Tombstone decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "tombstone", Tombstone::read);
    }

    private static Tombstone read(ByteReader in) {
        ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "tombstone version 1");
        return new Tombstone(
                Coded.require(Cause.class, in.u8()),
                in.u64(),
                in.u64(),
                in.u64(),
                Hash.of(in.bytes(Hash.LENGTH)),
                Octets.of(in.bytes(SIGNATURE_LENGTH)));
    }
}
