package io.zhitong.backend.foundation.database;

import com.zaxxer.hikari.HikariDataSource;
import io.zhitong.backend.foundation.DatabaseKind;
import javax.sql.DataSource;

/**
 * A migrated database and what must be stopped with it (已打开的数据库).
 *
 * @param kind engine
 * @param application pool of the running program's database role
 * @param migrationsExecuted by this start
 * @param server stops the embedded server; does nothing for the others
 */
public record OpenDatabase(DatabaseKind kind, HikariDataSource application, int migrationsExecuted, Runnable server)
        implements AutoCloseable {
    public DataSource dataSource() {
        return application;
    }

    @Override
    public void close() {
        application.close();
        server.run();
    }
}
