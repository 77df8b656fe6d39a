package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;

/**
 * One record of a device's journal (日志记录), for ever identified by (community, device, journal, sequence).
 *
 * <p>Bytes, big-endian: 'ZTJ1' ‖ community 4 ‖ device 4 ‖ journal 8 ‖ sequence 8 ‖ previous hash 32 ‖ boot count 4 ‖
 * device time 8 (ms since 1970, signed) ‖ offset estimate 8 (ms to add to reach backend time, signed) ‖ clock quality 1
 * ‖ kind 2 ‖ point 2 ‖ body length 2 ‖ body. Source: our profile, docs/events.md.
 *
 * @param sequence from 1
 * @param previous chain hash of the record before, zeros before record 1
 * @param boot u32, rises at every start of the program
 * @param deviceMillis the device's own clock
 * @param offsetMillis device time + offset = backend time, as last estimated
 * @param kindCode u16; {@link #kind()} gives the constant
 */
public record JournalRecord(
        CommunityId community,
        DeviceId device,
        JournalId journal,
        long sequence,
        Hash previous,
        long boot,
        long deviceMillis,
        long offsetMillis,
        ClockQuality quality,
        int kindCode,
        PointId point,
        Octets body) {

    /** Bytes before the body. */
    public static final int HEADER_LENGTH = 87;

    public static final int MAX_BODY = 4096;
    public static final int MAX_LENGTH = HEADER_LENGTH + MAX_BODY;
    private static final String MAGIC = "ZTJ1";

    public JournalRecord {
        ModelException.require(sequence > 0, ModelException.Reason.RANGE, "a sequence from 1");
        ModelException.require(boot >= 0 && boot <= 0xFFFF_FFFFL, ModelException.Reason.RANGE, "a boot count u32");
        ModelException.require(kindCode >= 0 && kindCode <= 0xFFFF, ModelException.Reason.RANGE, "a kind u16");
        ModelException.require(
                body.length() <= MAX_BODY, ModelException.Reason.LENGTH, "a body of at most " + MAX_BODY + " bytes");
    }

    public EventKind kind() {
        return EventKind.of(kindCode);
    }

    /** Chain hash: SM3(previous ‖ bytes of this record). */
    public Hash hash() {
        return Hash.of(HashChain.next(previous.toByteArray(), encode()));
    }

    /** The watermark of somebody who has taken over everything up to this record. */
    public Watermark watermark() {
        return new Watermark(journal, sequence, hash());
    }

    public byte[] encode() {
        return new ByteWriter()
                .ascii(MAGIC)
                .u32(community.value())
                .u32(device.value())
                .u64(journal.value())
                .u64(sequence)
                .bytes(previous.toByteArray())
                .u32(boot)
                .u64(deviceMillis)
                .u64(offsetMillis)
                .u8(quality.code())
                .u16(kindCode)
                .u16(point.value())
                .u16(body.length())
                .bytes(body.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one record */
    public static JournalRecord decode(byte[] bytes) {
        return Decoding.exactly(bytes, MAX_LENGTH, "journal record", JournalRecord::read);
    }

    private static JournalRecord read(ByteReader in) {
        Decoding.magic(in, MAGIC);
        return new JournalRecord(
                new CommunityId((int) in.u32()),
                new DeviceId(in.u32()),
                new JournalId(in.u64()),
                in.u64(),
                Hash.of(in.bytes(Hash.LENGTH)),
                in.u32(),
                in.u64(),
                in.u64(),
                Coded.require(ClockQuality.class, in.u8()),
                in.u16(),
                new PointId(in.u16()),
                Octets.of(in.bytes(in.u16())));
    }
}
