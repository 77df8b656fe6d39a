package io.zhitong.backend.foundation.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.ZhitongSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens and migrates the configured database (打开数据库). */
public final class Databases {
    /** What makes H2 read our one set of SQL the way PostgreSQL does. */
    public static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=20000";

    /** One connection listens for words of other processes all the time. */
    private static final int POOL = 11;

    /** A database that is away is told to whoever asks before he gives up by himself. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Databases() {}

    public static OpenDatabase open(ZhitongSettings settings) {
        if (settings.database().kind() == DatabaseKind.H2) {
            return openFile(settings.home());
        }
        String url = settings.database().url();
        return url == null ? openEmbedded(settings.home()) : openRemote(settings.database(), url);
    }

    private static OpenDatabase openFile(Path home) {
        Path file = createDirectories(home.resolve("h2")).resolve("zhitong").toAbsolutePath();
        // WRITE_DELAY=0: a commit is in the operating system's hands before it is acknowledged, so that a killed
        // program
        // loses nothing. A power cut may: H2 does not fsync each commit, which the console says.
        String url = "jdbc:h2:file:" + file + H2_OPTIONS + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        HikariDataSource pool = pool(url, "zhitong", "");
        return OpenDatabase.of(DatabaseKind.H2, pool, Migrations.run(DatabaseKind.H2, pool), () -> {});
    }

    private static OpenDatabase openEmbedded(Path home) {
        EmbeddedServer server = EmbeddedServer.start(home);
        boolean open = false;
        try (HikariDataSource owner = pool(server.url(), EmbeddedServer.OWNER, "")) {
            int executed = Migrations.run(DatabaseKind.PG, owner);
            HikariDataSource application = pool(server.url(), EmbeddedServer.APPLICATION, "");
            open = true;
            return OpenDatabase.of(DatabaseKind.PG, application, executed, server::close);
        } finally {
            if (!open) {
                server.close();
            }
        }
    }

    private static OpenDatabase openRemote(ZhitongSettings.Database settings, String url) {
        try (HikariDataSource owner = pool(url, settings.owner(), secret(settings.ownerPasswordFile()))) {
            int executed = Migrations.run(DatabaseKind.PG, owner);
            HikariDataSource application =
                    pool(url, settings.application(), secret(settings.applicationPasswordFile()));
            return OpenDatabase.of(DatabaseKind.PG, application, executed, () -> {});
        }
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new DatabaseUnavailable(
                    "the database " + url.replaceFirst(";.*", "") + " cannot be opened (" + e.getMessage()
                            + "): is another backend running on the same data directory?",
                    e);
        }
    }

    private static String secret(@Nullable Path file) {
        try {
            return file == null ? "" : Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the database password file cannot be read: " + file, e);
        }
    }

    static Path createDirectories(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory cannot be made: " + directory, e);
        }
    }
}
