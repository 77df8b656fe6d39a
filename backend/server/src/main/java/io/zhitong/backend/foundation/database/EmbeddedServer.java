package io.zhitong.backend.foundation.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * PostgreSQL run by this program in DATA/backend/pg (内置数据库), with fsync on and two roles: the owner of the tables and
 * the application, which may not change what is append-only.
 */
public final class EmbeddedServer implements AutoCloseable {
    public static final String OWNER = "zhitong_owner";
    public static final String APPLICATION = "zhitong_app";
    private static final String DATABASE = "zhitong";
    /** What must be on, or a power cut takes commits that were acknowledged. */
    private static final String NOT_DURABLE = "select count(*) from pg_settings where setting <> 'on'"
            + " and name in ('fsync', 'synchronous_commit', 'full_page_writes')";

    private static final String MAKE_ROLES = "do $$ begin"
            + " if not exists (select from pg_roles where rolname = '" + OWNER + "') then create role " + OWNER
            + " login; end if;"
            + " if not exists (select from pg_roles where rolname = '" + APPLICATION + "') then create role "
            + APPLICATION
            + " login; end if;"
            + " end $$";
    private static final Duration START = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;

    private EmbeddedServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts it, on a free port, on the data of an earlier start if there are any.
     *
     * @throws DatabaseUnavailable when it does not start or does not fsync
     */
    public static EmbeddedServer start(Path home) {
        Path data = Databases.createDirectories(home).resolve("pg").toAbsolutePath();
        OrphanServer.stop(data);
        try {
            EmbeddedServer server = new EmbeddedServer(EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(
                            home.resolve("pg-program").toAbsolutePath().toFile())
                    // The library starts it with -F (no fsync); a later -c wins.
                    .setServerConfig("fsync", "on")
                    // The library's default is off: a commit would be acknowledged before it is on the disk.
                    .setServerConfig("synchronous_commit", "on")
                    .setPGStartupWait(START)
                    // Its own hook would stop it while the program still writes; OpenDatabase stops it last.
                    .setRegisterShutdownHook(false)
                    .start());
            server.prepare();
            return server;
        } catch (IOException | SQLException e) {
            throw new DatabaseUnavailable("the embedded PostgreSQL in " + data + " does not start", e);
        }
    }

    private void prepare() throws SQLException, IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (!"0".equals(single(statement, NOT_DURABLE))) {
                close();
                throw new SQLException("fsync, synchronous_commit or full_page_writes is off:"
                        + " an acknowledged event could be lost");
            }
            createRoles(statement);
            if (single(statement, "select count(*) from pg_database where datname = '" + DATABASE + "'")
                    .equals("0")) {
                statement.execute("create database " + DATABASE + " owner " + OWNER);
            }
        }
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            grantDefaults(statement);
        }
    }

    /** Makes the two roles where they are missing. */
    public static void createRoles(Statement statement) throws SQLException {
        statement.execute(MAKE_ROLES);
    }

    /** Lets the application read and write tables that the owner will make; migrations take back what is append-only. */
    public static void grantDefaults(Statement statement) throws SQLException {
        statement.execute("alter schema public owner to " + OWNER);
        statement.execute("grant usage on schema public to " + APPLICATION);
        statement.execute("alter default privileges for role " + OWNER
                + " in schema public grant select, insert, update, delete on tables to " + APPLICATION);
    }

    private static String single(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** JDBC URL on this machine; both roles come without a password. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not stop", e);
        }
    }
}
