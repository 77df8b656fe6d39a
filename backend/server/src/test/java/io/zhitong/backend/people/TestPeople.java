package io.zhitong.backend.people;

import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;

/** People on a test's database, for tests of every module. */
public final class TestPeople {
    private TestPeople() {}

    public static People on(TestDatabase database) {
        return new People(database.jdbc(), new TimeOrderedIds(Clock.systemUTC()));
    }
}
