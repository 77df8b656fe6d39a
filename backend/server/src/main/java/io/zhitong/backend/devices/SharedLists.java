package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives one content to many devices often (共享名单下发): compiled once, signed together, and only the newest versions kept, because
 * such a list tells a state and no rule.
 */
@Component
public class SharedLists {
    /** A device may be fetching the one before. */
    static final int KEPT = 2;

    /** Everybody locks in one order. */
    private static final Comparator<DeviceAddress> BY_NUMBER =
            Comparator.comparing(device -> device.device().value());

    private final DeviceLists lists;
    private final ListRows rows;
    private final TransactionTemplate transactions;

    SharedLists(DeviceLists lists, ListRows rows, TransactionTemplate transactions) {
        this.lists = lists;
        this.rows = rows;
        this.transactions = transactions;
    }

    /**
     * Signs a new version for each device that does not have this content yet, and tells the gateways.
     *
     * @param devices of one community
     * @return how many new versions were made
     */
    public int publish(List<DeviceRow> devices, ListKind kind, Collection<? extends ListRecord> records) {
        MerkleTree tree = SignedList.compile(kind, records);
        List<DeviceAddress> named =
                devices.stream().map(DeviceRow::address).sorted(BY_NUMBER).toList();
        List<ListHeader> made = Objects.requireNonNull(transactions.execute(status -> publish(named, kind, tree)));
        if (!made.isEmpty()) {
            rows.prune(made.get(0).community());
        }
        return made.size();
    }

    private List<ListHeader> publish(List<DeviceAddress> devices, ListKind kind, MerkleTree tree) {
        devices.forEach(lists::lock);
        List<ListHeader> fresh = lists.sign(devices, kind, tree);
        fresh.forEach(header ->
                rows.forget(new DeviceAddress(header.community(), header.device()), kind, header.version(), KEPT));
        return fresh;
    }
}
