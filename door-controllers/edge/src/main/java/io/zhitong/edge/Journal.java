package io.zhitong.edge;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalOpened;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.JournalSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened at a device, in order, for good (设备日志). {@link #append} returns after the record is on disk; each
 * record's hash covers its predecessor's; nothing is renumbered over restarts. Layout of records: docs/events.md. Safe for
 * use by several threads.
 */
public final class Journal implements JournalSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int PAGE = 4096;

    private static final long LONGEST_OFF_MILLIS = 30L * 86_400_000;

    private final DeviceAddress address;
    private final EdgeClock clock;
    private final JournalLimits limits;
    private final TombstoneSigner signer;
    private final EdgeDatabase database;
    private final JournalId id;
    private final long boot;
    private final AtomicLong unwritten = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Consumer<JournalRecord>> listener = new AtomicReference<>(record -> {});
    /** Touched by the writer thread alone. */
    private JournalHead head = JournalHead.EMPTY;

    private Journal(Path file, DeviceAddress address, EdgeClock clock, JournalLimits limits, TombstoneSigner signer) {
        this.address = address;
        this.clock = clock;
        this.limits = limits;
        this.signer = signer;
        long maxPages = 64 + 2 * limits.maxBytes() / PAGE;
        database = new EdgeDatabase(file, maxPages, JournalTables.SCHEMA, this::reload);
        id = new JournalId(database.write(Journal::identity));
        boot = database.write(Journal::nextBoot);
        database.write(this::reload);
        acknowledged.set(database.write(
                connection -> JournalTables.meta(connection, "stored").orElse(0L)));
        committed.set(head.sequence());
        if (head.sequence() == 0) {
            append(EventKind.JOURNAL_OPENED, PointId.DEVICE, new JournalOpened(Optional.empty()).encode());
        } else {
            trustClock();
        }
    }

    /**
     * Opens the journal in this file, or begins a new one.
     *
     * @throws EdgeException IO, DISK_FULL
     */
    public static Journal open(
            Path file, DeviceAddress address, EdgeClock clock, JournalLimits limits, TombstoneSigner signer) {
        return new Journal(file, address, clock, limits, signer);
    }

    /** As {@link #open}; from a damaged file nothing is taken over, and the new journal says that it knows of no other. */
    static Journal openAnew(
            Path file,
            DeviceAddress address,
            EdgeClock clock,
            JournalLimits limits,
            TombstoneSigner signer,
            Consumer<Path> damaged) {
        return SetAside.opened(file, () -> open(file, address, clock, limits, signer), (fresh, aside) -> {
            damaged.accept(aside);
            return fresh;
        });
    }

    private static Long identity(Connection connection) throws SQLException {
        Optional<Long> known = JournalTables.meta(connection, "journal");
        if (known.isPresent()) {
            return known.get();
        }
        long drawn = JournalId.draw(new SecureRandom()).value();
        JournalTables.setMeta(connection, "journal", drawn);
        return drawn;
    }

    private static Long nextBoot(Connection connection) throws SQLException {
        long next = JournalTables.meta(connection, "boot").orElse(0L) + 1;
        JournalTables.setMeta(connection, "boot", next);
        return next;
    }

    private JournalHead reload(Connection connection) throws SQLException {
        long bytes = JournalTables.number(connection, "select coalesce(sum(length(bytes)), 0) from record");
        head = JournalTables.newest(connection)
                .map(newest -> new JournalHead(newest.sequence(), newest.hash(), bytes))
                .orElse(JournalHead.EMPTY);
        return head;
    }

    /** A clock that stands before the newest record, or very long after it, or whose time was not known then, has lost its time. */
    private void trustClock() {
        database.read(JournalTables::newest)
                .filter(newest -> newest.quality() != ClockQuality.UNKNOWN)
                .filter(newest -> off(newest) >= 0 && off(newest) <= LONGEST_OFF_MILLIS)
                .ifPresent(newest -> clock.held(newest.offsetMillis()));
    }

    private long off(JournalRecord newest) {
        return clock.read().deviceMillis() - newest.deviceMillis();
    }

    /**
     * Writes one record and returns when it is on disk.
     *
     * @throws EdgeException JOURNAL_FULL, DISK_FULL, IO: nothing was written. For a payment: no sale
     */
    public JournalRecord append(EventKind kind, PointId point, byte[] body) {
        long lost = unwritten.getAndSet(0);
        List<JournalRecord> written;
        try {
            written = database.write(connection -> appendAll(connection, kind, point, body, lost));
        } catch (EdgeException e) {
            unwritten.addAndGet(lost);
            throw e;
        }
        JournalRecord record = written.get(written.size() - 1);
        committed.accumulateAndGet(record.sequence(), Math::max);
        written.forEach(listener.get());
        return record;
    }

    /**
     * As {@link #append}, where life goes on without it: if the record cannot be written, the loss is counted and the next
     * record that can be is preceded by a tombstone.
     */
    public Optional<JournalRecord> appendOrCount(EventKind kind, PointId point, byte[] body) {
        try {
            return Optional.of(append(kind, point, body));
        } catch (EdgeException e) {
            unwritten.incrementAndGet();
            LOG.error("journal cannot be written kind={} fault={}", kind, e.fault());
            return Optional.empty();
        }
    }

    /** Whether a payment that began now could be journalled to its end: intent and result. */
    public boolean hasRoomForPayment() {
        return database.write(connection -> space(connection, acknowledged.get())
                .couldFree(head.bytes() + 2L * JournalRecord.MAX_LENGTH - limits.maxBytes()));
    }

    private List<JournalRecord> appendAll(Connection connection, EventKind kind, PointId point, byte[] body, long lost)
            throws SQLException {
        List<JournalRecord> written = new ArrayList<>();
        if (lost > 0) {
            written.add(put(connection, EventKind.RECORDS_LOST, PointId.DEVICE, signer.notWritten(address, id, lost)));
        }
        makeRoom(connection, kind, JournalRecord.HEADER_LENGTH + body.length, written);
        written.add(put(connection, kind, point, Octets.of(body)));
        return written;
    }

    private void makeRoom(Connection connection, EventKind kind, int length, List<JournalRecord> written)
            throws SQLException {
        boolean payment = kind.lane() == EventKind.Lane.PAYMENT;
        long room = payment ? limits.maxBytes() : limits.maxBytes() - limits.paymentReserve();
        // An intent without room for its result would be a sale whose end cannot be told.
        long needed = kind == EventKind.PURCHASE_INTENT ? length + JournalRecord.MAX_LENGTH : length;
        long missing = head.bytes() + needed - room;
        if (missing <= 0) {
            return;
        }
        JournalSpace space = space(connection, acknowledged.get());
        Optional<JournalSpace.Lost> lost = space.free(missing);
        head = head.without(space.freed());
        if (lost.isPresent()) {
            written.add(put(
                    connection, EventKind.RECORDS_LOST, PointId.DEVICE, signer.overwritten(address, id, lost.get())));
        }
    }

    private JournalSpace space(Connection connection, long stored) {
        return new JournalSpace(
                connection, limits, stored, head.sequence(), clock.read().deviceMillis());
    }

    private JournalRecord put(Connection connection, EventKind kind, PointId point, Octets body) throws SQLException {
        EdgeClock.Reading time = clock.read();
        JournalRecord record = new JournalRecord(
                address.community(),
                address.device(),
                id,
                head.sequence() + 1,
                head.hash(),
                boot,
                time.deviceMillis(),
                time.offsetMillis(),
                time.quality(),
                kind.code(),
                point,
                body);
        byte[] bytes = record.encode();
        JournalTables.insert(connection, record, bytes);
        head = new JournalHead(record.sequence(), record.hash(), head.bytes() + bytes.length);
        return record;
    }

    /** Told of every record after it is on disk, on the thread that appended it. One listener: the uplink. */
    void onAppend(Consumer<JournalRecord> newListener) {
        listener.set(newListener);
    }

    /** Marks a command's idempotency key as used; false if it was used before. */
    boolean claim(CommandOrder order) {
        return database.write(connection -> {
            JournalTables.update(
                    connection,
                    "delete from claim where expiry < ?",
                    clock.now().toEpochMilli() - limits.keep().toMillis());
            return JournalTables.update(
                            connection,
                            "insert or ignore into claim (key, expiry) values (?, ?)",
                            order.idempotencyKey().toByteArray(),
                            order.expiryMillis())
                    == 1;
        });
    }

    @Override
    public JournalId journal() {
        return id;
    }

    /** Counts the starts of this journal's program, from 1. */
    public long boot() {
        return boot;
    }

    @Override
    public long lastSequence() {
        return committed.get();
    }

    @Override
    public long firstSequence() {
        return database.read(
                connection -> JournalTables.number(connection, "select coalesce(min(sequence), 0) from record"));
    }

    /** Records the backend has not stored yet. */
    public long unsent() {
        return Math.max(0, committed.get() - acknowledged.get());
    }

    @Override
    public List<JournalRecord> after(long sequence, int maxBytes) {
        int limit = Math.max(1, Math.min(256, maxBytes / JournalRecord.HEADER_LENGTH));
        List<JournalRecord> found = database.read(connection -> JournalTables.after(connection, sequence, limit));
        int count = 0;
        long room = maxBytes;
        while (count < found.size()) {
            room -= JournalRecord.HEADER_LENGTH + found.get(count).body().length() + 4L;
            if (room < 0 && count > 0) {
                break;
            }
            count++;
        }
        return found.subList(0, count);
    }

    @Override
    public void stored(Watermark watermark) {
        acknowledged.set(watermark.sequence());
        database.write(connection -> {
            JournalTables.setMeta(connection, "stored", watermark.sequence());
            JournalSpace space = space(connection, watermark.sequence());
            space.dropAged();
            head = head.without(space.freed());
            return head;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
