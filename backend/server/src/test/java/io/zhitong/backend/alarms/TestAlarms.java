package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;

/** The book of alarms on a test's database, for tests of every module. */
public final class TestAlarms {
    private final AlarmRows rows;
    private final Alarms alarms;

    public TestAlarms(TestDatabase database, Clock clock) {
        rows = new AlarmRows(database.jdbc());
        alarms = new Alarms(
                rows,
                new AlarmCopies(TestBackend.on(database).notices(), clock),
                TestAudit.log(database, clock),
                clock);
    }

    public EventConsumer book() {
        return new AlarmBook(rows);
    }

    public Alarms alarms() {
        return alarms;
    }

    public List<Alarm> open(CommunityId community) {
        return alarms.newest(community, true, 20);
    }
}
