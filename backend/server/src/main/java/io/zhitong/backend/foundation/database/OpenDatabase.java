package io.zhitong.backend.foundation.database;

import com.zaxxer.hikari.HikariDataSource;
import io.zhitong.backend.foundation.DatabaseKind;
import javax.sql.DataSource;

/**
 * A migrated database and what must be stopped with it (已打开的数据库).
 *
 * @param kind engine
 * @param pool of the running program's database role
 * @param dataSource gives its connections; on PostgreSQL each is told for which community it is, so nobody asks the pool itself
 * @param migrationsExecuted by this start
 * @param server stops the embedded server; does nothing for the others
 */
public record OpenDatabase(
        DatabaseKind kind, HikariDataSource pool, DataSource dataSource, int migrationsExecuted, Runnable server)
        implements AutoCloseable {
    static OpenDatabase of(DatabaseKind kind, HikariDataSource pool, int migrationsExecuted, Runnable server) {
        DataSource source = kind == DatabaseKind.PG ? new ScopedSource(pool) : pool;
        return new OpenDatabase(kind, pool, source, migrationsExecuted, server);
    }

    @Override
    public void close() {
        pool.close();
        server.run();
    }
}
