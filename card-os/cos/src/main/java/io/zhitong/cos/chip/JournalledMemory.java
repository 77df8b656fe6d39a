package io.zhitong.cos.chip;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A card's memory in which a group of writes happens entirely or not at all (事务存储), whatever operation power fails in.
 *
 * <p>{@link #write} changes what {@link #read} sees; {@link #commit} makes it last, {@link #rollback} forgets it. The chip
 * holds a {@link ChangeLog} and behind it the home of every byte. A commit is one entry of the log; homes are written only
 * when a half of the log is full, each once, before the other half is begun. So a place that every transaction changes
 * wears once a half instead of once a transaction, and the log wears evenly. What is true is home with the living half's
 * entries over it: homes torn by a cut are all named by entries that still live. Not thread-safe.
 */
public final class JournalledMemory {
    private static final int LONGEST_RUN = 255;

    private final Nvm nvm;
    private final int unit;
    private final ChangeLog log;
    private final int homeUnit;
    private final byte[] committed;
    private final byte[] work;
    private final BitSet changed = new BitSet();
    private final BitSet awayFromHome = new BitSet();

    /**
     * Opens the memory after power-up and finishes or forgets what a cut left behind.
     *
     * @param logBytes for the log; the changes of one command must fit in half of it
     */
    public JournalledMemory(Nvm nvm, int logBytes) {
        this.nvm = nvm;
        this.unit = nvm.geometry().unit();
        this.log = new ChangeLog(nvm, logBytes);
        this.homeUnit = log.units();
        if (homeUnit >= nvm.geometry().units()) {
            throw new IllegalArgumentException("expected a memory larger than its log of " + logBytes);
        }
        this.committed = nvm.read(homeUnit * unit, (nvm.geometry().units() - homeUnit) * unit);
        log.recover().forEach(this::overlay);
        this.work = committed.clone();
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
        int first = (address + unit - 1) / unit;
        int end = Math.max(first, (address + length) / unit);
        int away = awayFromHome.nextSetBit(first);
        if (away >= 0 && away < end) {
            settle();
            log.append(new byte[0]);
        }
        Arrays.fill(work, address, address + length, value);
        for (int u = first; u < end; u++) {
            System.arraycopy(work, u * unit, committed, u * unit, unit);
            writeHome(u);
            changed.clear(u);
        }
        int ceiling = (address + length + unit - 1) / unit;
        changed.set(address / unit, Math.min(first, ceiling));
        changed.set(end, ceiling);
    }

    /** Makes all writes since the last commit last. */
    public void commit() {
        if (changed.isEmpty()) {
            return;
        }
        byte[] body = body();
        if (body.length > log.longestBody()) {
            throw new IllegalStateException("one command changes " + body.length + " bytes, more than the log takes");
        }
        if (!log.fits(body.length)) {
            settle();
        }
        log.append(body);
        overlay(body);
        changed.clear();
    }

    /** Forgets all writes since the last commit. */
    public void rollback() {
        for (int u = changed.nextSetBit(0); u >= 0; u = changed.nextSetBit(u + 1)) {
            System.arraycopy(committed, u * unit, work, u * unit, unit);
        }
        changed.clear();
    }

    /** For each run of units: first 2 ‖ count 1 ‖ content. */
    private byte[] body() {
        ByteWriter runs = new ByteWriter();
        for (int from = changed.nextSetBit(0); from >= 0; ) {
            int to = Math.min(changed.nextClearBit(from), from + LONGEST_RUN);
            runs.u16(from).u8(to - from).bytes(Arrays.copyOfRange(work, from * unit, to * unit));
            from = changed.nextSetBit(to);
        }
        return runs.toByteArray();
    }

    private void overlay(byte[] body) {
        ByteReader in = new ByteReader(body);
        while (in.remaining() > 0) {
            int from = in.u16();
            int count = in.u8();
            System.arraycopy(in.bytes(count * unit), 0, committed, from * unit, count * unit);
            awayFromHome.set(from, from + count);
        }
    }

    /** Brings every unit home, so that the log's living half may die. */
    private void settle() {
        for (int u = awayFromHome.nextSetBit(0); u >= 0; u = awayFromHome.nextSetBit(u + 1)) {
            writeHome(u);
        }
        awayFromHome.clear();
        log.turn();
    }

    private void writeHome(int u) {
        nvm.erase(homeUnit + u);
        nvm.program(homeUnit + u, Arrays.copyOfRange(committed, u * unit, (u + 1) * unit));
    }

    private int check(int address, int length) {
        if (address < 0 || length < 0 || address + length > work.length) {
            throw new IndexOutOfBoundsException("expected an address within " + work.length + ", came " + address);
        }
        return address;
    }
}
