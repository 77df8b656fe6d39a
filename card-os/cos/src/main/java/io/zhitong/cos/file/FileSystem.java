package io.zhitong.cos.file;

import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Files of a card (文件系统): a chip block of 64 bytes, a table of 96 entries, and a {@link Heap} in which every file has
 * one contiguous extent. A DF's extent holds its name, {@code length 1 ‖ name}. Nothing here
 * checks access; commands do.
 */
public final class FileSystem {
    private static final byte[] PSE = "1PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);
    private static final int CHIP_BLOCK = 64;
    private static final int ENTRIES = 96;
    private static final int HEAP = CHIP_BLOCK + ENTRIES * CardFile.ENTRY;
    private static final int NAME_EXTENT = 17;

    /** Bytes of memory that hold no file content. */
    public static final int OVERHEAD = HEAP;

    private final JournalledMemory memory;
    private final int purseRoom;
    private final CardFile[] table = new CardFile[ENTRIES];
    private final Heap heap;

    /** Over a memory that {@link #format} has prepared. */
    public FileSystem(JournalledMemory memory) {
        this(memory, PurseFile.EXTENT);
    }

    /**
     * The same with another charge for purses.
     *
     * @param purseRoom bytes that a purse takes of its DF's size
     */
    public FileSystem(JournalledMemory memory, int purseRoom) {
        this.memory = memory;
        this.purseRoom = purseRoom;
        for (int i = 0; i < ENTRIES; i++) {
            table[i] = new CardFile(memory, CHIP_BLOCK, i);
        }
        this.heap = new Heap(memory, HEAP, this::live);
    }

    /** Clears chip block and table and makes the MF; part of the card's birth. */
    public static FileSystem format(
            JournalledMemory memory, int room, int createRule, int eraseRule, int applicationFile) {
        memory.fillUnused(0, HEAP, (byte) 0);
        FileSystem files = new FileSystem(memory);
        byte[] rules = {(byte) createRule, (byte) eraseRule, (byte) applicationFile};
        files.table[0].put(0x38, CardFiles.MF, 0, HEAP, NAME_EXTENT, rules, 0, Math.min(room, memory.size() - HEAP));
        files.writeName(files.table[0], PSE);
        return files;
    }

    /** Ends what a cut has interrupted; before anything is read. */
    public void recover() {
        heap.finishMove();
    }

    /** Bytes that no file takes, wherever they lie. */
    public int free() {
        return heap.free();
    }

    /** The root, 主文件. */
    public CardFile mf() {
        return table[0];
    }

    /** A file by identifier, directly in that DF. */
    public Optional<CardFile> child(CardFile df, int fid) {
        return children(df).stream().filter(f -> f.fid() == fid).findFirst();
    }

    /** An EF by short identifier, directly in that DF. */
    public Optional<CardFile> bySfi(CardFile df, int sfi) {
        return children(df).stream()
                .filter(f -> f.kind() != FileKind.DIRECTORY && f.kind() != FileKind.KEYS && f.sfi() == sfi)
                .findFirst();
    }

    /** The key file of that DF. */
    public Optional<CardFile> keyFile(CardFile df) {
        return children(df).stream().filter(f -> f.kind() == FileKind.KEYS).findFirst();
    }

    /** The DF that has exactly this name, anywhere on the card. */
    public Optional<CardFile> byName(byte[] name) {
        return Arrays.stream(table)
                .filter(f -> f.isLive() && f.kind() == FileKind.DIRECTORY && Arrays.equals(name(f), name))
                .findFirst();
    }

    /** Name of a DF. */
    public byte[] name(CardFile df) {
        return df.read(1, df.read(0, 1)[0]);
    }

    /** The DF in which a file lies; the MF lies in itself. */
    public CardFile parentOf(CardFile file) {
        return table[file.parent()];
    }

    /** State of an application: its own or that of a DF above it, the worst. */
    public ApplicationState stateOf(CardFile df) {
        ApplicationState worst = ApplicationState.OPEN;
        for (CardFile at = df; !at.equals(mf()); at = parentOf(at)) {
            worst = at.state().compareTo(worst) > 0 ? at.state() : worst;
        }
        return worst;
    }

    /** Whether a file is a DF or lies in it, at any depth. */
    public boolean contains(CardFile df, CardFile file) {
        CardFile at = file;
        while (!at.equals(df) && !at.equals(mf())) {
            at = parentOf(at);
        }
        return at.equals(df);
    }

    /** Files directly in a DF. */
    public List<CardFile> children(CardFile df) {
        List<CardFile> found = new ArrayList<>();
        for (int i = 1; i < ENTRIES; i++) {
            if (table[i].isLive() && table[i].parent() == df.index()) {
                found.add(table[i]);
            }
        }
        return found;
    }

    /** Makes a DF; its size counts against its parent's. */
    public CardFile createDirectory(CardFile parent, int fid, int size, byte[] rules3, byte[] name) {
        CommandRefused.unless(byName(name).isEmpty(), StatusWord.WRONG_DATA);
        CommandRefused.unless(size >= NAME_EXTENT, StatusWord.NO_SPACE);
        CardFile df = create(parent, 0x38, fid, NAME_EXTENT, rules3, 0, size);
        writeName(df, name);
        return df;
    }

    /** Makes an EF with an extent of zeros. */
    public CardFile createElementary(
            CardFile parent, int type, int fid, int extent, byte[] rules3, int recordLength, int size) {
        return create(parent, type, fid, extent, rules3, recordLength, size);
    }

    private CardFile create(CardFile parent, int type, int fid, int extent, byte[] rules3, int recordLength, int size) {
        CommandRefused.unless(child(parent, fid).isEmpty() && fid != CardFiles.MF, StatusWord.WRONG_DATA);
        CommandRefused.unless(
                used(parent) + charge(FileKind.of(type), extent, size) <= parent.size(), StatusWord.NO_SPACE);
        CardFile entry = freeEntry();
        int address = heap.room(extent);
        memory.fillUnused(address, extent, (byte) 0);
        entry.put(type, fid, parent.index(), address, extent, rules3, recordLength, size);
        return entry;
    }

    /** Removes everything in a DF but what is kept; the DF itself stays. */
    public void eraseChildren(CardFile df, Predicate<CardFile> kept) {
        for (CardFile file : children(df)) {
            if (!kept.test(file)) {
                delete(file);
            }
        }
    }

    /** Removes a file and, if it is a DF, everything in it. */
    public void delete(CardFile file) {
        if (file.kind() == FileKind.DIRECTORY) {
            eraseChildren(file, none -> false);
        }
        file.free();
    }

    /** Bytes of a DF's size already given to its files. */
    private int used(CardFile df) {
        int sum = df.heapLength();
        for (CardFile file : children(df)) {
            sum += charge(file.kind(), file.heapLength(), file.size());
        }
        return sum;
    }

    private int charge(FileKind kind, int extent, int size) {
        return switch (kind) {
            case DIRECTORY -> size;
            case PURSE -> purseRoom;
            default -> extent;
        };
    }

    private CardFile freeEntry() {
        return Arrays.stream(table)
                .filter(f -> !f.isLive())
                .findFirst()
                .orElseThrow(() -> new CommandRefused(StatusWord.NO_SPACE));
    }

    private List<CardFile> live() {
        return Arrays.stream(table).filter(CardFile::isLive).toList();
    }

    private void writeName(CardFile df, byte[] name) {
        df.write(0, (byte) name.length);
        df.write(1, name);
    }
}
