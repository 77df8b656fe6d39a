package io.zhitong.cos.file;

import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * One entry of the file table (文件控制信息), 24 bytes: live 1 ‖ type 1 ‖ FID 2 ‖ parent 1 ‖ heap address 2 ‖ heap length 2
 * ‖ read or create access 1 ‖ write, erase or add access 1 ‖ flags, application file or log SFI 1 ‖ record length 1 ‖
 * declared size 2 ‖ state 1 ‖ records in use 1 ‖ newest record 1 ‖ bad unblocks 1, zeros to 24. A view: it holds no bytes itself.
 */
public final class CardFile {
    static final int ENTRY = 24;
    private static final int STATE = 15;
    private static final int IN_USE = 16;
    private static final int NEWEST = 17;
    private static final int BAD_UNBLOCKS = 18;
    private static final int UNBLOCKS = 3;

    private final JournalledMemory memory;
    private final int index;
    private final int at;

    CardFile(JournalledMemory memory, int tableAddress, int index) {
        this.memory = memory;
        this.index = index;
        this.at = tableAddress + index * ENTRY;
    }

    int index() {
        return index;
    }

    boolean isLive() {
        return memory.u8(at) == 1;
    }

    /** Kind of the file. */
    public FileKind kind() {
        return FileKind.of(typeByte());
    }

    int typeByte() {
        return memory.u8(at + 1);
    }

    /** File identifier. */
    public int fid() {
        return memory.u16(at + 2);
    }

    /** Short identifier, the low five bits. */
    public int sfi() {
        return fid() & 0x1F;
    }

    int parent() {
        return memory.u8(at + 4);
    }

    int address() {
        return memory.u16(at + 5);
    }

    int heapLength() {
        return memory.u16(at + 7);
    }

    /** Access byte for reading an EF, creating in a DF, using a purse. */
    public int readRule() {
        return memory.u8(at + 9);
    }

    /** Access byte for writing an EF, erasing a DF, adding a key. */
    public int writeRule() {
        return memory.u8(at + 10);
    }

    /** Flags of an EF, application file of a DF, SFI of a purse's log. */
    public int flags() {
        return memory.u8(at + 11);
    }

    /** Length of each record of a fixed or cyclic file. */
    public int recordLength() {
        return memory.u8(at + 12);
    }

    /** Size as declared: bytes an EF holds, bytes a DF may use. */
    public int size() {
        return memory.u16(at + 13);
    }

    /** Whether data are written with a MAC. */
    public boolean needsMac() {
        return (typeByte() & FileKind.MAC_BIT) != 0;
    }

    /** Whether data are written encrypted. */
    public boolean needsEncryption() {
        return (typeByte() & FileKind.ENCRYPT_BIT) != 0;
    }

    /** Whether reading needs the protection of the type byte too. */
    public boolean readsProtected() {
        return needsMac() && (flags() & 0x80) == 0;
    }

    /** Id of the line protection key for reading. */
    public int readKeyId() {
        return flags() >> 2 & 0x03;
    }

    /** Id of the line protection key for writing. */
    public int writeKeyId() {
        return flags() & 0x03;
    }

    /** State of a DF by itself; of the MF it means the whole card. */
    public ApplicationState state() {
        return ApplicationState.values()[memory.u8(at + STATE)];
    }

    /** Changes the state of a DF, all unblocking tries new. */
    public void state(ApplicationState state) {
        memory.write(at + STATE, (byte) state.ordinal());
        memory.write(at + BAD_UNBLOCKS, (byte) 0);
    }

    /** Unblocking tries left of {@value #UNBLOCKS}. */
    public int unblocksLeft() {
        return UNBLOCKS - memory.u8(at + BAD_UNBLOCKS);
    }

    /** One unblocking try fewer. */
    public void spendUnblock() {
        memory.write(at + BAD_UNBLOCKS, (byte) (memory.u8(at + BAD_UNBLOCKS) + 1));
    }

    int recordsInUse() {
        return memory.u8(at + IN_USE);
    }

    int newest() {
        return memory.u8(at + NEWEST);
    }

    void setRecords(int inUse, int newest) {
        memory.write(at + IN_USE, (byte) inUse, (byte) newest);
    }

    /** Bytes of the file's content. */
    public byte[] read(int offset, int length) {
        checkInside(offset, length);
        return memory.read(address() + offset, length);
    }

    /** Changes bytes of the file's content. */
    public void write(int offset, byte... content) {
        checkInside(offset, content.length);
        memory.write(address() + offset, content);
    }

    void moveTo(int address) {
        memory.write(at + 5, (byte) (address >> 8), (byte) address);
    }

    void free() {
        memory.write(at, (byte) 0);
    }

    void put(int type, int fid, int parent, int address, int length, byte[] rules3, int recordLength, int size) {
        byte[] entry = new ByteWriter()
                .u8(1)
                .u8(type)
                .u16(fid)
                .u8(parent)
                .u16(address)
                .u16(length)
                .bytes(rules3)
                .u8(recordLength)
                .u16(size)
                .toByteArray();
        memory.write(at, Arrays.copyOf(entry, ENTRY));
    }

    private void checkInside(int offset, int length) {
        if (offset < 0 || length < 0 || offset + length > heapLength()) {
            throw new IndexOutOfBoundsException("expected an offset within the file's " + heapLength() + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CardFile that && index == that.index && memory == that.memory;
    }

    @Override
    public int hashCode() {
        return index;
    }
}
