package io.zhitong.decision;

import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The lists of one device as they stood at one time (策略名单). The same lists given again decide the same again: that is how
 * a past denial is replayed.
 *
 * @param version of the access list; {@link ListVersion#NONE} = the device has none yet
 * @param leaseUntilSecond Unix seconds from which the access list no longer grants, 2⁶³−1 = never
 * @param zone of the community
 * @param records of every kind, in any order; kinds that decide nothing are passed over
 */
public record PolicyLists(
        ListVersion version, long leaseUntilSecond, ZoneId zone, Collection<? extends ListRecord> records) {

    /** Those of one kind, as values of its type. */
    public <T extends ListRecord> List<T> all(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The same with these records instead of all others of their type. */
    public <T extends ListRecord> PolicyLists with(Class<T> type, Collection<T> others) {
        List<ListRecord> all = new ArrayList<>(others);
        records.stream().filter(record -> !type.isInstance(record)).forEach(all::add);
        return new PolicyLists(version, leaseUntilSecond, zone, List.copyOf(all));
    }
}
