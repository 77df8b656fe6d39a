package io.zhitong.cos.file;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where extents of files lie (存储空间): first-fit among the gaps; where no gap is long enough but all together are, the
 * files move down until they are one.
 *
 * <p>A file moves in pieces, each committed with a note of how far it is: {@code entry 1 (0 none) ‖ new address 2 ‖ bytes
 * done 2}. A cut leaves a note, and {@link #finishMove} goes on at power-up. Contents never change by it.
 */
final class Heap {
    private static final int NOTE = 16;
    private static final int PIECE = 512;

    private final JournalledMemory memory;
    private final int start;
    private final Supplier<List<CardFile>> live;

    /**
     * @param start first address for extents
     * @param live all files there are
     */
    Heap(JournalledMemory memory, int start, Supplier<List<CardFile>> live) {
        this.memory = memory;
        this.start = start;
        this.live = live;
    }

    /** An address for an extent; 6A84 if the gaps together are too short. */
    int room(int length) {
        int address = gap(length);
        if (address < 0) {
            CommandRefused.unless(free() >= length, StatusWord.NO_SPACE);
            closeGaps();
            address = gap(length);
        }
        return address;
    }

    /** Bytes of all gaps together. */
    int free() {
        return memory.size()
                - start
                - live.get().stream().mapToInt(CardFile::heapLength).sum();
    }

    /** Ends a move that a cut has interrupted. */
    void finishMove() {
        int entry = memory.u8(NOTE);
        for (CardFile file : live.get()) {
            if (entry != 0 && file.index() == entry) {
                move(file, memory.u16(NOTE + 1), memory.u16(NOTE + 3));
            }
        }
    }

    private List<CardFile> placed() {
        List<CardFile> files = new ArrayList<>(live.get());
        files.sort(Comparator.comparingInt(CardFile::address));
        return files;
    }

    private int gap(int length) {
        int from = start;
        for (CardFile file : placed()) {
            if (file.address() - from >= length) {
                return from;
            }
            from = file.address() + file.heapLength();
        }
        return memory.size() - from >= length ? from : -1;
    }

    private void closeGaps() {
        int from = start;
        for (CardFile file : placed()) {
            if (file.address() > from) {
                move(file, from, 0);
            }
            from += file.heapLength();
        }
    }

    /** Downwards only, so that no piece overwrites what is still to be moved. */
    private void move(CardFile file, int to, int already) {
        int length = file.heapLength();
        for (int done = already; done < length; ) {
            int piece = Math.min(PIECE, length - done);
            memory.write(to + done, file.read(done, piece));
            done += piece;
            note(done < length ? file.index() : 0, to, done);
            if (done == length) {
                file.moveTo(to);
            }
            memory.commit();
        }
    }

    private void note(int entry, int to, int done) {
        memory.write(NOTE, (byte) entry, (byte) (to >> 8), (byte) to, (byte) (done >> 8), (byte) done);
    }
}
