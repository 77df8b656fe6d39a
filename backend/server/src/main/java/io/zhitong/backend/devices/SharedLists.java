package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives one content to many devices often (共享名单下发): compiled once, signed for each, and only the newest versions kept, because
 * such a list tells a state and no rule.
 */
@Component
public class SharedLists {
    /** A device may be fetching the one before. */
    static final int KEPT = 2;

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
        int made = 0;
        for (DeviceRow device : devices) {
            Boolean fresh = transactions.execute(status -> publish(device.address(), kind, tree));
            made += Boolean.TRUE.equals(fresh) ? 1 : 0;
        }
        if (made > 0) {
            rows.prune(devices.get(0).community());
        }
        return made;
    }

    private boolean publish(DeviceAddress device, ListKind kind, MerkleTree tree) {
        lists.lock(device);
        Optional<ListHeader> fresh = lists.sign(device, kind, tree);
        fresh.ifPresent(header -> rows.forget(device, kind, header.version(), KEPT));
        return fresh.isPresent();
    }
}
