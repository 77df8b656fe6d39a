package io.zhitong.backend.access;

import io.zhitong.backend.testing.TestDatabase;

/** Holder numbers on a test's database, for tests of every module. */
public final class TestHolders {
    private TestHolders() {}

    public static HolderNumbers on(TestDatabase database) {
        return new HolderNumbers(database.jdbc());
    }
}
