package io.zhitong.keyvault.audit;

import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault's append-only audit (审计链): each record covers its predecessor by SM3, and is on disk before the answer it
 * tells about leaves. Every {@value #CHECKPOINT_EVERY} records, at opening and at a clean stop a checkpoint is signed.
 *
 * <p>Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int CHECKPOINT_EVERY = 100;
    private static final long SLACK_MILLIS = 2_000;

    private final Path path;
    private final FileChannel file;
    private final Clock clock;
    private final UnaryOperator<byte[]> signer;
    private final List<AuditEntry> since;
    private final AuditPages pages;
    private AuditPosition at;
    private long end;
    private Runnable appended = () -> {};
    private boolean broken;
    private boolean held;
    private Optional<AuditCheckpoint> newest;
    private long newestTime;
    private long leapt;

    AuditLog(Path path, FileChannel file, AuditChain.Checked checked, Clock clock, UnaryOperator<byte[]> signer) {
        this.path = path;
        this.file = file;
        this.at = checked.end();
        this.since = checked.since();
        this.end = checked.length();
        this.newest = checked.newest();
        this.newestTime = checked.newestTime();
        this.leapt = checked.leapt();
        this.pages = new AuditPages(path, checked.places());
        this.clock = clock;
        this.signer = signer;
    }

    /**
     * Opens the file, checks the whole chain, cuts off a record that a power cut left incomplete.
     *
     * @param path created when missing
     * @param known a place the chain must go through: what the store remembers of it
     * @param clock for the records' time
     * @param signer signs checkpoints with the audit key
     * @throws VaultException {@link VaultFault#AUDIT_BROKEN} when a record was changed or the chain does not reach
     *     {@code known}
     */
    public static AuditLog open(Path path, AuditPosition known, Clock clock, UnaryOperator<byte[]> signer) {
        try {
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            AuditChain.Checked checked = AuditChain.check(file, known);
            AuditLog log = new AuditLog(path, file, checked, clock, signer);
            log.cutTail(checked.length());
            return log;
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot open " + path, e);
        }
    }

    /**
     * Checks that the chain on disk goes through a place that another store remembers.
     *
     * @throws VaultException {@link VaultFault#AUDIT_BROKEN} when it does not
     */
    public synchronized void requireThrough(AuditPosition known) {
        try (FileChannel again = FileChannel.open(path)) {
            AuditChain.check(again, known);
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + path, e);
        }
    }

    /**
     * Records as they lie in the file.
     *
     * @param from number of the first, from 1 to one behind the newest
     * @param most how many at most
     */
    public synchronized AuditPiece read(long from, int most) {
        return pages.read(from, most, end);
    }

    /** Called after each record, while the log is held fast: it must not wait. */
    public synchronized void onAppended(Runnable listener) {
        appended = listener;
    }

    /** The newest record. */
    public synchronized AuditPosition position() {
        return at;
    }

    /**
     * Appends a record and forces it to disk.
     *
     * @param who role and name of the caller, or {@code vault}
     * @param items number of items of the batch
     * @param root over the items, 32 bytes
     * @param detail a few words of ours
     */
    public synchronized void append(AuditKind kind, String who, int items, byte[] root, String detail) {
        noteClock();
        write(kind, who, items, root, detail, new byte[0]);
        if (at.number() % CHECKPOINT_EVERY == 0) {
            checkpoint();
        }
    }

    /**
     * Appends a signed checkpoint.
     *
     * @return its place
     */
    public synchronized AuditPosition checkpoint() {
        byte[] before = at.hash();
        byte[] signature = signer.apply(AuditCheckpoint.signed(at.number() + 1, before));
        write(AuditKind.CHECKPOINT, "vault", 0, HashChain.start(), "", signature);
        newest = Optional.of(new AuditCheckpoint(at.number(), before, signature));
        return at;
    }

    /** The newest signed checkpoint, of this run or one before. */
    public synchronized Optional<AuditCheckpoint> newestCheckpoint() {
        return newest;
    }

    /**
     * Whether the chain on disk goes through the place that a checkpoint covers, or has leapt over it: what came before a leap,
     * here or in a chain that was lost, is settled.
     */
    public synchronized boolean covers(AuditCheckpoint checkpoint) {
        if (checkpoint.number() < leapt || newest.filter(checkpoint::equals).isPresent()) {
            return true;
        }
        try {
            requireThrough(new AuditPosition(checkpoint.number() - 1, checkpoint.hash()));
            return checkpoint.number() <= at.number();
        } catch (VaultException e) {
            LOG.warn("checkpoint {} is not ours: {}", checkpoint.number(), e.getMessage());
            return false;
        }
    }

    /** From now on nothing is appended: what would come next may have been written before. */
    public synchronized void hold() {
        held = true;
    }

    /** Whether it waits for {@link #leap}. */
    public synchronized boolean held() {
        return held;
    }

    /**
     * Goes on behind every number that may have been given before.
     *
     * @param number of the next record, beyond the newest here
     * @param detail a few words of ours
     */
    public synchronized void leap(long number, String detail) {
        if (number <= at.number()) {
            throw new IllegalArgumentException("expected a number beyond " + at.number());
        }
        held = false;
        write(number, AuditKind.LEAPED, "vault", 0, HashChain.start(), detail, new byte[0]);
        leapt = number;
        checkpoint();
    }

    /** A time server's correction is not worth a record; whoever sets the clock back is. */
    private void noteClock() {
        long back = newestTime - clock.millis();
        if (back > SLACK_MILLIS) {
            newestTime = clock.millis();
            write(AuditKind.CLOCK_BACK, "vault", 0, HashChain.start(), "by " + back / 1000 + " seconds", new byte[0]);
        }
    }

    private void write(AuditKind kind, String who, int items, byte[] root, String detail, byte[] signature) {
        write(at.number() + 1, kind, who, items, root, detail, signature);
    }

    private void write(
            long number, AuditKind kind, String who, int items, byte[] root, String detail, byte[] signature) {
        if (held) {
            throw new VaultException(VaultFault.RESTORED, "its next audit number is not known yet");
        }
        long now = clock.millis();
        newestTime = Math.max(newestTime, now);
        byte[] record = new AuditEntry(number, now, kind.code(), who, items, root, detail, signature).encode();
        byte[] hash = HashChain.next(at.hash(), record);
        ByteBuffer bytes =
                ByteBuffer.wrap(new ByteWriter().sized(record).bytes(hash).toByteArray());
        int length = bytes.remaining();
        put(bytes);
        at = new AuditPosition(number, hash);
        end += length;
        pages.appended(number, end);
        appended.run();
    }

    private void put(ByteBuffer bytes) {
        if (broken) {
            throw new VaultException(VaultFault.FILE, "the audit could not be written: start the vault again");
        }
        long start = -1;
        try {
            start = file.position();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            takeBack(start);
            throw new VaultException(VaultFault.FILE, "the audit cannot be written: nothing is answered", e);
        }
    }

    /** Half a record with a whole one behind it would look like a changed chain at the next start. */
    private void takeBack(long start) {
        try {
            broken = true;
            file.truncate(start);
            file.position(start);
            broken = start < 0;
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("the audit's last record could not be taken back: {}", e.getMessage());
        }
    }

    /**
     * Machines revoked behind the place the store remembers: a store of an older generation does not know them.
     *
     * @return serial in hex, blank, reason, oldest first
     */
    public List<String> revokedSince() {
        return since.stream()
                .filter(entry -> entry.kind() == AuditKind.MACHINE_REVOKED.code())
                .map(AuditEntry::detail)
                .toList();
    }

    private void cutTail(long length) throws IOException {
        long torn = file.size() - length;
        file.position(length);
        if (torn > 0) {
            file.truncate(length);
            append(
                    AuditKind.DAMAGE,
                    "vault",
                    0,
                    HashChain.start(),
                    "cut off an incomplete record of " + torn + " bytes");
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "the audit cannot be closed", e);
        }
    }
}
