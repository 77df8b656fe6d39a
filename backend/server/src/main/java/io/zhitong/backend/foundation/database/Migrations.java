package io.zhitong.backend.foundation.database;

import io.zhitong.backend.foundation.DatabaseKind;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema to this program's version (数据库迁移). One set of SQL serves both engines; {@code db/postgresql} and
 * {@code db/h2} hold what only one of them has: partitions, and what the application role may not do.
 */
public final class Migrations {
    private Migrations() {}

    /**
     * @param owner data source of the role that owns the tables
     * @return how many migrations ran now
     * @throws IllegalStateException when no migration is on the class path: Flyway alone would call that a success
     */
    public static int run(DatabaseKind kind, DataSource owner) {
        Flyway flyway = Flyway.configure()
                .dataSource(owner)
                .locations(
                        kind == DatabaseKind.PG
                                ? new String[] {"classpath:db/migration", "classpath:db/postgresql"}
                                : new String[] {"classpath:db/migration", "classpath:db/h2"})
                .load();
        int executed = flyway.migrate().migrationsExecuted;
        if (flyway.info().applied().length == 0) {
            throw new IllegalStateException("no migration found on the class path under db/migration");
        }
        return executed;
    }
}
