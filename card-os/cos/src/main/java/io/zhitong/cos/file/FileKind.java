package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;

/** Kinds of files (文件类型) as CREATE FILE names them, docs/card.md "File system". */
public enum FileKind {
    DIRECTORY(0x38),
    BINARY(0x28),
    FIXED_RECORDS(0x2A),
    VARIABLE_RECORDS(0x2C),
    CYCLIC_RECORDS(0x2E),
    PURSE(0x2F),
    KEYS(0x3F);

    /** Bit of the type byte: data are written with a MAC. */
    static final int MAC_BIT = 0x80;

    /** Bit of the type byte: data are written encrypted. */
    static final int ENCRYPT_BIT = 0x40;

    private final int code;

    FileKind(int code) {
        this.code = code;
    }

    /** The kind in a type byte, its protection bits left aside. */
    public static FileKind of(int typeByte) {
        for (FileKind kind : values()) {
            boolean bare = kind == DIRECTORY || kind == PURSE || kind == KEYS;
            if (kind.code == (bare ? typeByte : typeByte & 0x3F)) {
                return kind;
            }
        }
        throw new CommandRefused(StatusWord.WRONG_DATA);
    }

    /** Fixed and cyclic files declare a number and a length of records instead of a size. */
    boolean hasRecordGrid() {
        return this == FIXED_RECORDS || this == CYCLIC_RECORDS;
    }

    /** Whether READ RECORD applies. */
    public boolean hasRecords() {
        return hasRecordGrid() || this == VARIABLE_RECORDS;
    }
}
