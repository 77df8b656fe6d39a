package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Signed lists on a test's database whose records the test says, for tests of every module. */
public final class TestLists {
    private final Map<ListKind, List<? extends ListRecord>> records = new EnumMap<>(ListKind.class);
    private final DeviceLists lists;
    private final SharedLists shared;

    public TestLists(TestDatabase database, Clock clock) {
        ListRows rows = new ListRows(database.jdbc(), database.batches());
        lists = new DeviceLists(
                Arrays.stream(ListKind.values())
                        .<DeviceListSource>map(Told::new)
                        .toList(),
                rows,
                new TestDevices().vault(),
                clock,
                new ListChanges(
                        database.jdbc(),
                        new TimeOrderedIds(clock),
                        TestBackend.on(database).notices()));
        shared = new SharedLists(lists, rows, database.transactions());
    }

    public SharedLists shared() {
        return shared;
    }

    public DeviceLists lists() {
        return lists;
    }

    /** From the next compiling on. */
    public void say(ListKind kind, ListRecord... now) {
        records.put(kind, List.of(now));
    }

    /** A kind of which nothing was said is no list. */
    private final class Told implements DeviceListSource {
        private final ListKind kind;

        Told(ListKind kind) {
            this.kind = kind;
        }

        @Override
        public ListKind kind() {
            return kind;
        }

        @Override
        public boolean serves(DeviceRow device) {
            return records.containsKey(kind);
        }

        @Override
        public List<? extends ListRecord> records(DeviceRow device) {
            return records.getOrDefault(kind, List.of());
        }
    }
}
