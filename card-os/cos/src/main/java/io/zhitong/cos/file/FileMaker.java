package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;

/** Turns the data of CREATE FILE into a file (建立文件) below one DF. */
public final class FileMaker {
    private final FileSystem files;
    private final CardFile parent;
    private final int fid;

    /** For one new file. */
    public FileMaker(FileSystem files, CardFile parent, int fid) {
        this.files = files;
        this.parent = parent;
        this.fid = fid;
    }

    /** 38 size2 createAC eraseAC appFile FF FF; only the MF and its DFs hold DFs. */
    public void directory(byte[] data, byte[] name) {
        CommandRefused.unless(fid != 0, StatusWord.WRONG_DATA);
        byte[] rules = {data[3], data[4], data[5]};
        files.createDirectory(parent, fid, u16(data), rules, name);
    }

    /** type size2 readAC writeAC FF flags. */
    public void elementary(FileKind kind, byte[] data) {
        switch (kind) {
            case KEYS -> keys(data);
            case PURSE -> purse(data);
            default -> plain(kind, data);
        }
    }

    private void keys(byte[] data) {
        CommandRefused.unless(fid == 0, StatusWord.WRONG_DATA);
        CommandRefused.unless(files.children(parent).isEmpty(), StatusWord.CONDITIONS_NOT_MET);
        byte[] rules = {(byte) 0xEF, data[4], data[3]};
        create(data, u16(data), rules, 0, u16(data));
    }

    private void purse(byte[] data) {
        CommandRefused.unless(fid == 1 || fid == 2, StatusWord.WRONG_DATA);
        byte[] rules = {data[3], (byte) 0xEF, data[6]};
        create(data, PurseFile.EXTENT, rules, 0, PurseFile.EXTENT);
    }

    private void plain(FileKind kind, byte[] data) {
        CommandRefused.unless(fid != 0, StatusWord.WRONG_DATA);
        byte[] rules = {data[3], data[4], data[6]};
        int size = kind.hasRecordGrid() ? (data[1] & 0xFF) * (data[2] & 0xFF) : u16(data);
        int recordLength = kind.hasRecordGrid() ? data[2] & 0xFF : 0;
        create(data, size, rules, recordLength, size);
    }

    private void create(byte[] data, int extent, byte[] rules, int recordLength, int size) {
        CommandRefused.unless(extent > 0, StatusWord.WRONG_DATA);
        files.createElementary(parent, data[0] & 0xFF, fid, extent, rules, recordLength, size);
    }

    private static int u16(byte[] data) {
        return (data[1] & 0xFF) << 8 | data[2] & 0xFF;
    }
}
