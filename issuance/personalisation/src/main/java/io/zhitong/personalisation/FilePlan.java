package io.zhitong.personalisation;

import io.zhitong.smcrypto.ByteWriter;

/** Descriptions for CREATE FILE (文件规划), docs/card.md "Files". Access bytes: F0 free, 01 status of the MF, EF never. */
final class FilePlan {
    static final int FREE = 0xF0;
    static final int BY_MF = 0x01;
    static final int BY_ISSUER = 0xF1;
    static final int NEVER = 0xEF;

    private static final int KEY_FILE = 0x3F;
    private static final int DIRECTORY = 0x38;
    private static final int BINARY = 0x28;
    private static final int BINARY_WITH_MAC = 0xA8;
    private static final int CYCLIC = 0x2E;
    private static final int PURSE = 0x2F;
    private static final int READ_UNPROTECTED = 0x80;
    private static final int UNUSED = 0xFF;

    private FilePlan() {}

    /** @param applicationFile 80 | short id of the file that SELECT shows, or 0 */
    static byte[] directory(int size, int applicationFile, byte[] name) {
        return new ByteWriter()
                .u8(DIRECTORY)
                .u16(size)
                .u8(BY_MF)
                .u8(BY_MF)
                .u8(applicationFile)
                .u16(0xFFFF)
                .bytes(name)
                .toByteArray();
    }

    static byte[] keys(int size, int shortId) {
        return new ByteWriter()
                .u8(KEY_FILE)
                .u16(size)
                .u8(shortId)
                .u8(BY_MF)
                .u16(0xFFFF)
                .toByteArray();
    }

    /** Written with a MAC under line key 0, read in clear by whom {@code read} lets. */
    static byte[] protectedBinary(int size, int read) {
        return elementary(BINARY_WITH_MAC, size, read, FREE);
    }

    /** The lease of a SAM: as {@link #protectedBinary} under line key 1. */
    static byte[] lease() {
        return binary(BINARY_WITH_MAC, 8, FREE, FREE, READ_UNPROTECTED | 1);
    }

    /** Written by the module alone. */
    static byte[] ownBinary(int size) {
        return binary(BINARY, size, FREE, NEVER, 0);
    }

    /** Written in clear under the status of the MF. */
    static byte[] openBinary(int size, int read) {
        return elementary(BINARY, size, read, BY_MF);
    }

    /** Ten records of the transaction log, written by the card alone. */
    static byte[] log(int read) {
        return elementary(CYCLIC, 0x0A17, read, NEVER);
    }

    private static byte[] elementary(int type, int size, int read, int write) {
        return binary(type, size, read, write, READ_UNPROTECTED);
    }

    private static byte[] binary(int type, int size, int read, int write, int flags) {
        return new ByteWriter()
                .u8(type)
                .u16(size)
                .u8(read)
                .u8(write)
                .u8(UNUSED)
                .u8(flags)
                .toByteArray();
    }

    /** The electronic purse, logging into the file with that short id. */
    static byte[] purse(int logShortId) {
        return new ByteWriter()
                .u8(PURSE)
                .u16(0x0208)
                .u8(FREE)
                .u8(0)
                .u8(UNUSED)
                .u8(logShortId)
                .toByteArray();
    }
}
