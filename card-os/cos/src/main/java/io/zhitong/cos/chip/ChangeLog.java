package io.zhitong.cos.chip;

import io.zhitong.smcrypto.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The log of changes (变更日志) at the start of a chip's memory: two halves, filled in turn, one entry a commit, so that
 * every commit wears other units than the last.
 *
 * <p>Entry: length of the body 2 ‖ generation 3 ‖ body, in whole units; behind it two seals, CRC-32 of header, body and the
 * seal's number, in units of their own. An entry counts if one of its seals is right. All entries of a half have one
 * generation; the half with the higher one is alive, the other is dead. Not thread-safe.
 *
 * <p>Why a cut never tears it: a seal is begun when the entry is firm, the second when the first is firm. So of an entry
 * that counts one seal is firm, or recovery has just made one so before anything relied on it. An entry without seals is
 * destroyed by recovery, seals first, lest a weak one come to life.
 */
final class ChangeLog {
    private static final int HEADER = 5;
    private static final int SEAL = 4;
    private static final int SEALS = 2;

    private final Nvm nvm;
    private final int unit;
    private final int halfUnits;
    private final int sealUnits;
    private int half;
    private int generation;
    private int next;

    /** @param bytes of memory for both halves */
    ChangeLog(Nvm nvm, int bytes) {
        this.nvm = nvm;
        this.unit = nvm.geometry().unit();
        this.halfUnits = (bytes / 2 + unit - 1) / unit;
        this.sealUnits = unitsOf(SEAL);
    }

    /** Units from the start of the memory. */
    int units() {
        return 2 * halfUnits;
    }

    /** Longest body that one entry can have. */
    int longestBody() {
        return (halfUnits - SEALS * sealUnits) * unit - HEADER;
    }

    /** Whether the half that is being filled has room for a body. */
    boolean fits(int body) {
        return next + unitsOf(HEADER + body) + SEALS * sealUnits <= halfUnits;
    }

    /** Finishes or destroys what a cut left and answers the bodies of the living half, oldest first. */
    List<byte[]> recover() {
        Chain a = chain(0);
        Chain b = chain(1);
        boolean second = b.generation > a.generation;
        Chain alive = second ? b : a;
        Chain other = second ? a : b;
        half = second ? 1 : 0;
        generation = alive.generation;
        next = alive.end;
        try {
            repair(alive, other);
        } catch (WornOut end) {
            // What counts is read from now on; the next commit will say 6581.
        }
        return alive.bodies;
    }

    private void repair(Chain alive, Chain other) {
        if (!alive.bodies.isEmpty()) {
            finishSeals(alive);
        }
        destroyUnsealed(half, next, generation);
        if (other.bodies.isEmpty()) {
            destroyUnsealed(1 - half, 0, generation + 1);
        }
    }

    /** Adds an entry that {@link #fits}. */
    void append(byte[] body) {
        byte[] entry =
                new ByteWriter().u16(body.length).u24(generation).bytes(body).toByteArray();
        int at = first(half) + next;
        write(at, entry);
        for (int n = 1; n <= SEALS; n++) {
            write(sealAt(at, entry.length, n), seal(entry, n));
        }
        next += unitsOf(entry.length) + SEALS * sealUnits;
    }

    /** The next entry begins the other half; with it this one dies. */
    void turn() {
        half = 1 - half;
        generation++;
        next = 0;
    }

    private Chain chain(int of) {
        List<byte[]> bodies = new ArrayList<>();
        int at = 0;
        int last = 0;
        int ofHalf = 0;
        for (; ; ) {
            byte[] entry = entryAt(of, at);
            if (entry.length == 0 || at > 0 && generationOf(entry) != ofHalf || !isSealed(of, at, entry)) {
                return new Chain(ofHalf, bodies, last, at);
            }
            ofHalf = generationOf(entry);
            bodies.add(Arrays.copyOfRange(entry, HEADER, entry.length));
            last = at;
            at += unitsOf(entry.length) + SEALS * sealUnits;
        }
    }

    private record Chain(int generation, List<byte[]> bodies, int last, int end) {}

    /** Header and body of what may be an entry, empty if its length cannot be one. */
    private byte[] entryAt(int of, int at) {
        if (at + unitsOf(HEADER) > halfUnits) {
            return new byte[0];
        }
        byte[] head = nvm.read((first(of) + at) * unit, HEADER);
        int length = HEADER + ((head[0] & 0xFF) << 8 | head[1] & 0xFF);
        boolean inside = at + unitsOf(length) + SEALS * sealUnits <= halfUnits;
        return inside ? nvm.read((first(of) + at) * unit, length) : new byte[0];
    }

    private static int generationOf(byte[] entry) {
        return (entry[2] & 0xFF) << 16 | (entry[3] & 0xFF) << 8 | entry[4] & 0xFF;
    }

    private boolean isSealed(int of, int at, byte[] entry) {
        return hasSeal(first(of) + at, entry, 1) || hasSeal(first(of) + at, entry, 2);
    }

    private boolean hasSeal(int at, byte[] entry, int n) {
        return Arrays.equals(nvm.read(sealAt(at, entry.length, n) * unit, SEAL), seal(entry, n));
    }

    private void finishSeals(Chain alive) {
        byte[] entry = entryAt(half, alive.last);
        int at = first(half) + alive.last;
        for (int n = 1; n <= SEALS; n++) {
            if (!hasSeal(at, entry, n)) {
                write(sealAt(at, entry.length, n), seal(entry, n));
            }
        }
    }

    private void destroyUnsealed(int of, int at, int itsGeneration) {
        byte[] entry = entryAt(of, at);
        if (entry.length == 0 || generationOf(entry) != itsGeneration) {
            return;
        }
        int from = first(of) + at;
        for (int u = sealAt(from, entry.length, 1); u < sealAt(from, entry.length, SEALS + 1); u++) {
            nvm.erase(u);
        }
        for (int u = from; u < from + unitsOf(HEADER); u++) {
            nvm.erase(u);
        }
    }

    private int first(int of) {
        return of * halfUnits;
    }

    private int sealAt(int at, int entryLength, int n) {
        return at + unitsOf(entryLength) + (n - 1) * sealUnits;
    }

    private int unitsOf(int bytes) {
        return (bytes + unit - 1) / unit;
    }

    private static byte[] seal(byte[] entry, int n) {
        CRC32 crc = new CRC32();
        crc.update(entry);
        crc.update(n);
        return new ByteWriter().u32(crc.getValue()).toByteArray();
    }

    private void write(int first, byte[] content) {
        for (int at = 0, u = first; at < content.length; at += unit, u++) {
            byte[] block = new byte[unit];
            Arrays.fill(block, (byte) 0xFF);
            System.arraycopy(content, at, block, 0, Math.min(unit, content.length - at));
            nvm.erase(u);
            nvm.program(u, block);
        }
    }
}
