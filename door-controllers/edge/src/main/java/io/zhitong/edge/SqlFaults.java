package io.zhitong.edge;

import java.sql.SQLException;

/** SQLite's errors in our words (数据库错误翻译). */
final class SqlFaults {

    /** Result codes of SQLite, primary byte: https://www.sqlite.org/rescode.html. */
    private static final int SQLITE_FULL = 13;

    private SqlFaults() {}

    static EdgeException of(SQLException e) {
        boolean full = (e.getErrorCode() & 0xFF) == SQLITE_FULL;
        return new EdgeException(full ? EdgeFault.DISK_FULL : EdgeFault.IO, "SQLite answered " + e.getErrorCode(), e);
    }
}
