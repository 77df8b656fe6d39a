package io.zhitong.backend.devices;

import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;

/** Proofs of sync on a test's database where no device is connected, for tests of every module. */
public final class TestSync {
    private TestSync() {}

    public static SyncProofs proofs(TestDatabase database, Clock clock) {
        TestDevices devices = new TestDevices();
        TestGateway here = new TestGateway(database, devices, clock);
        DeviceLists lists = new DeviceLists(
                List.of(),
                new ListRows(database.jdbc(), database.batches()),
                devices.vault(),
                clock,
                new ListChanges(database.jdbc(), new TimeOrderedIds(clock), here.backend.notices()));
        HeardAges ages = new HeardAges(database.jdbc(), here.backend.self(), here.held);
        return new SyncProofs(new TestEstate(database).estate(), here.states, lists, ages, any -> 1);
    }
}
