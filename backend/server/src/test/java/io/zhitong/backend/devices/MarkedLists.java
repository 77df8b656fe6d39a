package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;

/** Device lists for tests of modules that change them. */
public final class MarkedLists {
    private final DeviceLists lists;
    private final ListChanges changes;

    /** @param sources what lists are made of, if any */
    public MarkedLists(TestDatabase database, Clock clock, List<DeviceListSource> sources) {
        changes = new ListChanges(
                database.jdbc(),
                new TimeOrderedIds(clock),
                TestBackend.on(database).notices());
        lists = new DeviceLists(
                sources, new ListRows(database.jdbc(), database.batches()), new TestDevices().vault(), clock, changes);
    }

    public DeviceLists lists() {
        return lists;
    }

    /** Works off what waits, as the worker does. */
    public void round(CommunityId community, List<DeviceRow> devices) {
        ListChanges.Waiting waiting = changes.waiting().get(community);
        if (waiting != null) {
            DeviceLists.CompileRound round = lists.begin(community, waiting.scope());
            for (int done = 0; done < devices.size(); ) {
                done += lists.compile(round, devices.subList(done, devices.size()));
            }
            changes.done(community, waiting.marks());
        }
    }

    /** A worker that is overtaken by another between reading and signing. */
    public void overtaken(CommunityId community, List<DeviceRow> devices) {
        DeviceLists.CompileRound stale = lists.begin(community, ListScope.EVERYTHING);
        lists.begin(community, ListScope.EVERYTHING);
        lists.compile(stale, devices);
    }

    /** Whether somebody has said that the community's lists are due. */
    public boolean due(CommunityId community) {
        return changes.waiting().containsKey(community);
    }
}
