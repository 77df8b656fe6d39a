package io.zhitong.edge;

import java.sql.SQLException;

/** SQLite's errors in our words (数据库错误翻译). */
final class SqlFaults {

    /** Result codes of SQLite, primary byte: https://www.sqlite.org/rescode.html. */
    private static final int SQLITE_CORRUPT = 11;

    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_NOTADB = 26;

    private SqlFaults() {}

    static EdgeException of(SQLException e) {
        EdgeFault fault = switch (e.getErrorCode() & 0xFF) {
            case SQLITE_FULL -> EdgeFault.DISK_FULL;
            case SQLITE_CORRUPT, SQLITE_NOTADB -> EdgeFault.DAMAGED;
            default -> EdgeFault.IO;
        };
        return new EdgeException(fault, "SQLite answered " + e.getErrorCode(), e);
    }
}
