package io.zhitong.backend.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.database.Databases;
import io.zhitong.backend.foundation.database.EmbeddedServer;
import io.zhitong.backend.foundation.database.Migrations;
import io.zhitong.backend.foundation.database.ScopedSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.store.fs.FilePath;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A migrated, empty database of one test. On PostgreSQL one embedded server (fsync on) serves all tests of the JVM and each
 * test gets a copy of a migrated template, opened as the application role.
 *
 * @param application data source of the application role
 * @param owner data source of the role that owns the tables
 */
public record TestDatabase(DatabaseKind kind, DataSource application, DataSource owner) implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** One more, for a test that compares two; the caller closes it. */
    public static TestDatabase of(DatabaseKind kind) {
        return fresh(kind);
    }

    static TestDatabase fresh(DatabaseKind kind) {
        return kind == DatabaseKind.H2 ? freshH2() : freshPostgres();
    }

    private static TestDatabase freshH2() {
        DataSource source = Template.copy("t" + NUMBER.incrementAndGet());
        return new TestDatabase(DatabaseKind.H2, source, source);
    }

    private static TestDatabase freshPostgres() {
        String name = "t" + NUMBER.incrementAndGet();
        Server.execute("postgres", "create database " + name + " template migrated owner " + EmbeddedServer.OWNER);
        return new TestDatabase(
                DatabaseKind.PG,
                new ScopedSource(pooled(Server.source(name, EmbeddedServer.APPLICATION))),
                Server.source(name, EmbeddedServer.OWNER));
    }

    /** As in the program: a connection of its own for every statement would cost more than the statement. */
    private static HikariDataSource pooled(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** Lets go of its connections and, in memory, of its data; on a disk, where a drop waits for a checkpoint, they go with the JVM. */
    @Override
    public void close() {
        String name = JdbcClient.create(owner)
                .sql(kind == DatabaseKind.H2 ? "call database_path()" : "select current_database()")
                .query(String.class)
                .single();
        if (application instanceof ScopedSource scoped) {
            ((HikariDataSource) Objects.requireNonNull(scoped.getTargetDataSource())).close();
            if (Scratch.inMemory()) {
                Server.execute("postgres", "drop database " + name + " with (force)");
            }
        } else {
            jdbc().sql("shutdown immediately").update();
            FilePath.get(name + ".mv.db").delete();
        }
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(application);
    }

    public JdbcOperations batches() {
        return new JdbcTemplate(application);
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(application));
    }

    /** A migrated H2 file in memory that is copied byte by byte: migrating each database anew costs ten times as much. */
    private static final class Template {
        private static final byte[] MIGRATED = migrate();

        private static byte[] migrate() {
            Migrations.run(DatabaseKind.H2, source("migrated", ""));
            try (InputStream file = file("migrated").newInputStream()) {
                return file.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static DataSource copy(String name) {
            try (OutputStream file = file(name).newOutputStream(false)) {
                file.write(MIGRATED);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return source(name, ";DB_CLOSE_DELAY=-1");
        }

        private static FilePath file(String name) {
            return FilePath.get("memFS:" + name + ".mv.db");
        }

        private static DataSource source(String name, String options) {
            return new DriverManagerDataSource("jdbc:h2:memFS:" + name + Databases.H2_OPTIONS + options, "zhitong", "");
        }
    }

    /** One server for the JVM, started by the first test that needs it and stopped with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                Path data = Scratch.directory("zhitong-test-pg");
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setRegisterShutdownHook(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(data)));
                prepare(server);
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("the embedded PostgreSQL of the tests does not start", e);
            }
        }

        /** At once: a proper stop would first bring the databases of all tests to the disk, to be deleted then. */
        private static void end(Path data) {
            try {
                String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
                new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
                ProcessHandle.of(Long.parseLong(pid))
                        .ifPresent(server ->
                                server.onExit().orTimeout(10, TimeUnit.SECONDS).join());
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void prepare(EmbeddedPostgres server) throws SQLException {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                EmbeddedServer.createRoles(statement);
                statement.execute("create database migrated owner " + EmbeddedServer.OWNER);
            }
            try (Connection connection =
                            server.getDatabase("postgres", "migrated").getConnection();
                    Statement statement = connection.createStatement()) {
                EmbeddedServer.grantDefaults(statement);
            }
            Migrations.run(DatabaseKind.PG, server.getDatabase(EmbeddedServer.OWNER, "migrated"));
        }

        static DataSource source(String database, String role) {
            return POSTGRES.getDatabase(role, database);
        }

        static void execute(String database, String sql) {
            try (Connection connection = source(database, "postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException("refused: " + sql, e);
            }
        }
    }
}
