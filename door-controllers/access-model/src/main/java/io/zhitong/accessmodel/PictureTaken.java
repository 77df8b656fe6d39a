package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Body of PICTURE_TAKEN (抓拍事件): the picture of an earlier record of the same journal, which never waited for it. Version 01 ‖ sequence 8
 * of that record ‖ length 4 ‖ name 32. Source: our profile, docs/events.md.
 *
 * @param sequence of the record whose moment the picture shows, from 1
 * @param length bytes of the picture, from 1
 * @param name SHA-256 of the picture
 */
public record PictureTaken(long sequence, int length, Octets name) {

    private static final int VERSION = 1;
    private static final int NAME = 32;
    private static final int LENGTH = 45;

    public PictureTaken {
        ModelException.require(sequence > 0, ModelException.Reason.RANGE, "a sequence from 1");
        ModelException.require(length > 0, ModelException.Reason.RANGE, "a picture of at least one byte");
        name.expect(NAME, "a name");
    }

    public byte[] encode() {
        return new ByteWriter()
                .u8(VERSION)
                .u64(sequence)
                .u32(length)
                .bytes(name.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one such body of version 1 */
    public static PictureTaken decode(byte[] bytes) {
        return Decoding.exactly(bytes, LENGTH, "picture taken", PictureTaken::read);
    }

    private static PictureTaken read(ByteReader in) {
        ModelException.require(in.u8() == VERSION, ModelException.Reason.UNKNOWN_CODE, "picture taken version 1");
        return new PictureTaken(in.u64(), (int) in.u32(), Octets.of(in.bytes(NAME)));
    }
}
