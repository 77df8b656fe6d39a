package io.zhitong.cos.chip;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A card's memory in which a group of writes happens entirely or not at all (事务存储), whatever operation power fails in.
 *
 * <p>{@link #write} changes what {@link #read} sees; {@link #commit} makes it last, {@link #rollback} forgets it. The
 * memory is divided into mark A, mark B, journal body and data. A commit writes (1) the new content of every changed unit
 * into the body, (2) mark A, then mark B, (3) the data units, and then erases (4) mark A, mark B and the first unit of
 * the body. Recovery reads: a valid mark means the data units are to be written again, after the other mark has been
 * made valid; no valid mark means nothing had reached the data, and both marks are erased. So a unit left weak by a cut
 * is always written again before anything relies on it: a mark can be weak only while the first body unit is firmly
 * programmed, and while data units are being written one of the two marks is always firm. Not thread-safe.
 */
public final class JournalledMemory {
    private static final int BODY_TAG = 0x5A;
    private static final int TAG_AND_COUNT = 3;

    private final Nvm nvm;
    private final int unit;
    private final int markUnits;
    private final int bodyUnit;
    private final int bodyUnits;
    private final int dataUnit;
    private final byte[] work;
    private final BitSet changed = new BitSet();

    /**
     * Opens the memory after power-up and finishes or forgets what a cut left behind.
     *
     * @param journalBytes room for the changes of one command
     */
    public JournalledMemory(Nvm nvm, int journalBytes) {
        this.nvm = nvm;
        this.unit = nvm.geometry().unit();
        this.markUnits = (JournalMark.LENGTH + unit - 1) / unit;
        this.bodyUnit = 2 * markUnits;
        this.bodyUnits = (journalBytes + unit - 1) / unit;
        this.dataUnit = bodyUnit + bodyUnits;
        if (dataUnit >= nvm.geometry().units()) {
            throw new IllegalArgumentException("expected a memory larger than its journal of " + journalBytes);
        }
        recover();
        this.work = nvm.read(dataUnit * unit, (nvm.geometry().units() - dataUnit) * unit);
    }

    /** Bytes of data. */
    public int size() {
        return work.length;
    }

    /** Bytes as this command sees them, its own writes included. */
    public byte[] read(int address, int length) {
        return Arrays.copyOfRange(work, check(address, length), address + length);
    }

    /** One byte, 0 to 255. */
    public int u8(int address) {
        return work[check(address, 1)] & 0xFF;
    }

    /** Two bytes, big-endian. */
    public int u16(int address) {
        return (u8(address) << 8) | u8(address + 1);
    }

    /** Changes bytes, for good only with {@link #commit}. */
    public void write(int address, byte... content) {
        check(address, content.length);
        for (int i = 0; i < content.length; i++) {
            if (work[address + i] != content[i]) {
                work[address + i] = content[i];
                changed.set((address + i) / unit);
            }
        }
    }

    /**
     * Fills memory that nothing refers to yet, at once and outside the transaction: a cut leaves it in any state, which
     * is as good as before.
     */
    public void fillUnused(int address, int length, byte value) {
        check(address, length);
        Arrays.fill(work, address, address + length, value);
        for (int u = address / unit; u * unit < address + length; u++) {
            if (u * unit >= address && (u + 1) * unit <= address + length) {
                rewrite(dataUnit + u, Arrays.copyOfRange(work, u * unit, (u + 1) * unit));
                changed.clear(u);
            } else {
                changed.set(u);
            }
        }
    }

    /** Makes all writes since the last commit last. */
    public void commit() {
        byte[] body = body();
        if (body.length == TAG_AND_COUNT) {
            changed.clear();
            return;
        }
        if (body.length > bodyUnits * unit) {
            throw new IllegalStateException("one command changes " + body.length + " bytes, more than the journal");
        }
        rewriteAll(bodyUnit, body);
        byte[] mark = JournalMark.of(body);
        rewriteAll(0, mark);
        rewriteAll(markUnits, mark);
        apply(body);
        clearMarks();
        changed.clear();
    }

    /** Forgets all writes since the last commit. */
    public void rollback() {
        for (int u = changed.nextSetBit(0); u >= 0; u = changed.nextSetBit(u + 1)) {
            System.arraycopy(nvm.read((dataUnit + u) * unit, unit), 0, work, u * unit, unit);
        }
        changed.clear();
    }

    /** Tag 5A ‖ number of runs 2, then for each run of units: first 2 ‖ count 2 ‖ content. */
    private byte[] body() {
        ByteWriter runs = new ByteWriter();
        int count = 0;
        for (int from = changed.nextSetBit(0); from >= 0; count++) {
            int to = changed.nextClearBit(from);
            runs.u16(from).u16(to - from).bytes(Arrays.copyOfRange(work, from * unit, to * unit));
            from = changed.nextSetBit(to);
        }
        return new ByteWriter()
                .u8(BODY_TAG)
                .u16(count)
                .bytes(runs.toByteArray())
                .toByteArray();
    }

    private void apply(byte[] body) {
        ByteReader in = new ByteReader(body);
        in.u8();
        for (int runs = in.u16(); runs > 0; runs--) {
            int from = in.u16();
            int count = in.u16();
            for (int u = from; u < from + count; u++) {
                rewrite(dataUnit + u, in.bytes(unit));
            }
        }
    }

    private void recover() {
        if (isClean()) {
            return;
        }
        byte[] journal = nvm.read(bodyUnit * unit, bodyUnits * unit);
        byte[] a = nvm.read(0, JournalMark.LENGTH);
        byte[] b = nvm.read(markUnits * unit, JournalMark.LENGTH);
        int lengthA = JournalMark.committedLength(a, journal);
        int lengthB = JournalMark.committedLength(b, journal);
        if (lengthA > 0 && lengthB < 0) {
            rewriteAll(markUnits, a);
        }
        if (lengthB > 0 && lengthA < 0) {
            rewriteAll(0, b);
        }
        if (lengthA > 0 || lengthB > 0) {
            apply(Arrays.copyOf(journal, Math.max(lengthA, lengthB)));
        }
        clearMarks();
    }

    private boolean isClean() {
        for (int u = 0; u <= bodyUnit; u++) {
            if (!nvm.isErased(u)) {
                return false;
            }
        }
        return true;
    }

    private void clearMarks() {
        for (int u = 0; u <= bodyUnit; u++) {
            nvm.erase(u);
        }
    }

    private void rewriteAll(int first, byte[] content) {
        for (int at = 0, u = first; at < content.length; at += unit, u++) {
            byte[] block = new byte[unit];
            Arrays.fill(block, (byte) 0xFF);
            System.arraycopy(content, at, block, 0, Math.min(unit, content.length - at));
            rewrite(u, block);
        }
    }

    private void rewrite(int at, byte[] content) {
        nvm.erase(at);
        nvm.program(at, content);
    }

    private int check(int address, int length) {
        if (address < 0 || length < 0 || address + length > work.length) {
            throw new IndexOutOfBoundsException("expected an address within " + work.length + ", came " + address);
        }
        return address;
    }
}
