package io.zhitong.accessmodel;

/** Looks at records where they lie (记录访问者). */
@FunctionalInterface
public interface RecordVisitor {

    /**
     * One record.
     *
     * @param bytes must not be changed
     * @param from its first byte
     * @param to behind its last byte
     */
    void record(byte[] bytes, int from, int to);
}
