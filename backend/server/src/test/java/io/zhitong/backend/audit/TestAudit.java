package io.zhitong.backend.audit;

import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;

/** The audit log on a test's database, for tests of every module. */
public final class TestAudit {
    private TestAudit() {}

    public static AuditLog log(TestDatabase database, Clock clock) {
        return new AuditLog(database.jdbc(), clock);
    }
}
