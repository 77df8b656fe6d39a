package io.zhitong.backend.foundation.database;

import io.zhitong.backend.foundation.CommunityScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Says on each connection, before anybody has it, for which community it is ({@code zhitong.community}): the second wall between
 * communities is PostgreSQL's row-level security, behind the conditions of every statement (第二道墙). A connection that was told nothing
 * shows nothing. Thread-safe.
 */
public final class ScopedSource extends DelegatingDataSource {
    /** By connection of the driver, which outlives its loans from the pool. A connection that is gone is forgotten. */
    private final Map<PGConnection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

    public ScopedSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return scoped(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return scoped(super.getConnection(user, password));
    }

    private Connection scoped(Connection connection) throws SQLException {
        boolean done = false;
        try {
            say(connection, CommunityScope.present());
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private void say(Connection connection, String scope) throws SQLException {
        PGConnection physical = connection.unwrap(PGConnection.class);
        if (scope.equals(told.get(physical))) {
            return;
        }
        told.remove(physical);
        // Outside a transaction, so that no rollback takes it back.
        try (PreparedStatement set = connection.prepareStatement("select set_config('zhitong.community', ?, false)")) {
            set.setString(1, scope);
            set.execute();
        }
        told.put(physical, scope);
    }
}
