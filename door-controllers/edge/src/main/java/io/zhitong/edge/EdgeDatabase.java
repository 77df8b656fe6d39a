package io.zhitong.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file (设备数据库): WAL, synchronous=FULL, one writer thread. What waits while a commit is being flushed shares
 * the next one, so nobody waits for a timer and a crowd pays one fsync. Reads have a connection of their own and see
 * committed data only. Safe for use by several threads.
 */
final class EdgeDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeDatabase.class);
    private static final int MAX_GROUP = 256;
    private static final int MAX_WAITING = 10_000;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Something done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private record Job<T>(Work<T> work, CompletableFuture<T> result) {}

    private final Connection writer;
    private final Connection reader;
    private final Work<?> afterRollback;
    private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread thread;

    /**
     * Opens or creates the file.
     *
     * @param maxPages limit of the file in pages of 4 KiB; a write beyond it fails as on a full disk
     * @param schema run at every start, so "create table if not exists"
     * @param afterRollback run on the writer thread after anything was undone: reload what is kept in memory
     */
    EdgeDatabase(Path file, long maxPages, String schema, Work<?> afterRollback) {
        this.afterRollback = afterRollback;
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            System.setProperty(
                    "org.sqlite.tmpdir",
                    Files.createDirectories(DataFolder.temporary(folder)).toString());
            boolean unclean = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
            ownersOnly(file);
            writer = prepared(file, maxPages, schema, unclean);
            reader = open(file);
        } catch (SQLException e) {
            throw SqlFaults.of(e);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot create the data folder", e);
        }
        thread = new Thread(this::loop, "edge-writer-" + file.getFileName());
        thread.start();
    }

    /** Who was where, plates, hashes of PINs: for the program's own user. What SQLite keeps beside it gets the same mode. */
    private static void ownersOnly(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
        } else {
            Files.setPosixFilePermissions(file, OWNER);
        }
    }

    /** @param unclean the last program did not close it: nobody knows what the power cut or the disk did */
    private static Connection prepared(Path file, long maxPages, String schema, boolean unclean) throws SQLException {
        Connection connection = open(file);
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous=FULL");
            statement.execute("pragma max_page_count=" + maxPages);
            if (unclean) {
                requireWhole(statement);
            }
            statement.executeUpdate(schema);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private static void requireWhole(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("pragma quick_check(1)")) {
            String word = found.next() ? found.getString(1) : "";
            if (!word.equals("ok")) {
                throw new EdgeException(EdgeFault.DAMAGED, "SQLite found " + word);
            }
        }
    }

    private static Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode=WAL");
            statement.execute("pragma busy_timeout=5000");
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /**
     * Runs the work in the next commit and returns after its fsync.
     *
     * @throws EdgeException DISK_FULL, IO, STOPPED, or what the work itself throws; then nothing of it is stored
     */
    <T> T write(Work<T> work) {
        Job<T> job = new Job<>(work, new CompletableFuture<>());
        if (closing.get() || !jobs.offer(job)) {
            throw new EdgeException(EdgeFault.STOPPED, "the store takes no more work");
        }
        try {
            return job.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EdgeException edge
                    ? edge
                    : new EdgeException(EdgeFault.IO, "the store failed", e);
        }
    }

    /** @throws EdgeException IO */
    <T> T read(Work<T> work) {
        synchronized (reader) {
            try {
                return work.run(reader);
            } catch (SQLException e) {
                throw SqlFaults.of(e);
            }
        }
    }

    private void loop() {
        List<Job<?>> group = new ArrayList<>();
        while (!closing.get() || !jobs.isEmpty()) {
            try {
                group.add(jobs.take());
            } catch (InterruptedException stop) {
                continue; // close() wakes us; what is queued is still written
            }
            jobs.drainTo(group, MAX_GROUP - 1);
            commit(group);
            group.clear();
        }
    }

    /** The edge of the writer thread: whatever goes wrong, everybody who waits is answered and the thread lives on. */
    private void commit(List<Job<?>> group) {
        try {
            List<Runnable> answers = new ArrayList<>();
            execute("begin immediate");
            for (Job<?> job : group) {
                answers.add(runOne(job));
            }
            execute("commit");
            answers.forEach(Runnable::run);
        } catch (SQLException e) {
            fail(group, SqlFaults.of(e));
        } catch (RuntimeException e) {
            fail(group, new EdgeException(EdgeFault.IO, "the store failed", e));
        }
    }

    private void fail(List<Job<?>> group, EdgeException failure) {
        try {
            undo();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        group.forEach(job -> job.result().completeExceptionally(failure));
    }

    /** After SQLITE_FULL or an I/O error SQLite may have rolled back by itself; a second rollback is then an error. */
    private void undo() throws SQLException {
        try {
            execute("rollback");
        } catch (SQLException e) {
            LOG.debug("nothing left to roll back", e);
        }
        afterRollback.run(writer);
    }

    /** @return how to answer once the commit is on disk */
    private <T> Runnable runOne(Job<T> job) throws SQLException {
        execute("savepoint job");
        try {
            T value = job.work().run(writer);
            execute("release job");
            return () -> job.result().complete(value);
        } catch (EdgeException refused) {
            execute("rollback to job");
            execute("release job");
            afterRollback.run(writer);
            return () -> job.result().completeExceptionally(refused);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(10_000);
            // What slipped in behind the last look of the writer must not wait for ever.
            jobs.forEach(job ->
                    job.result().completeExceptionally(new EdgeException(EdgeFault.STOPPED, "the store is closed")));
            reader.close();
            writer.close();
        } catch (SQLException e) {
            throw SqlFaults.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
