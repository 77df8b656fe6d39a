package io.zhitong.backend.foundation;

/** Which engine holds the rows (数据库). */
public enum DatabaseKind {
    /** A file beside the program; a commit is written but not fsynced: for trying out. */
    H2,
    /** PostgreSQL, by URL or the embedded one; fsync on. */
    PG
}
