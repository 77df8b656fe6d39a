package io.zhitong.backend.foundation;

import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;

/** One of several backend processes on a test's database: alive, with its words and turns. */
public final class TestBackend {
    private final TestDatabase database;
    private final ThisBackend self;
    private final Notices notices;

    private TestBackend(TestDatabase database) {
        this.database = database;
        this.self = new ThisBackend(TestSettings.of(), new TimeOrderedIds(Clock.systemUTC()), database.jdbc());
        this.notices = new Notices(database.kind(), database.application());
        self.live();
    }

    public static TestBackend on(TestDatabase database) {
        return new TestBackend(database);
    }

    public ThisBackend self() {
        return self;
    }

    /** Not listening: tells, and on H2 hears itself. */
    public Notices notices() {
        return notices;
    }

    public WorkerTurns turns() {
        return new WorkerTurns(database.jdbc(), self);
    }

    /** Its last sign of life was eleven seconds ago. */
    public void silent() {
        database.jdbc()
                .sql("update backend_process set heard_at = heard_at - interval '11' second where id = ?")
                .param(self.id())
                .update();
    }
}
