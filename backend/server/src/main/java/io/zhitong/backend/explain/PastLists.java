package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.explain.HeldList.Kept;
import io.zhitong.backend.explain.InstalledLists.Installed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The lists of a device as they were at one of its events, and as they are now (当时与现在的名单). */
@Component
class PastLists {
    /** Kinds that decide nothing about who passes. */
    private static final Set<ListKind> SILENT = EnumSet.of(
            ListKind.ISSUERS,
            ListKind.BLACKLIST,
            ListKind.REVOCATIONS,
            ListKind.WIRING,
            ListKind.PRESENCE,
            ListKind.USES);

    private final InstalledLists installed;
    private final DeviceLists lists;

    PastLists(InstalledLists installed, DeviceLists lists) {
        this.installed = installed;
        this.lists = lists;
    }

    /** The access list is the one the event itself names; the others those that the device had installed last. */
    List<HeldList> at(StoredEvent event, AccessEvent told) {
        DeviceAddress device =
                new DeviceAddress(event.record().community(), event.record().device());
        Map<ListKind, Installed> known = installed.at(event);
        List<HeldList> held = new ArrayList<>();
        if (!told.list().equals(ListVersion.NONE)) {
            Optional<Hash> root = Optional.ofNullable(known.get(ListKind.ACCESS))
                    .filter(each -> each.version().equals(told.list()))
                    .map(Installed::root);
            held.add(held(device, ListKind.ACCESS, told.list(), root));
        }
        known.values().stream()
                .filter(each -> each.kind() != ListKind.ACCESS && !SILENT.contains(each.kind()))
                .map(each -> held(device, each.kind(), each.version(), Optional.of(each.root())))
                .forEach(held::add);
        return held;
    }

    private HeldList held(DeviceAddress device, ListKind kind, ListVersion version, Optional<Hash> root) {
        Optional<SignedList> list = lists.at(device, kind, version);
        if (list.isEmpty()) {
            return new HeldList(kind, version, Kept.GONE, list);
        }
        boolean same = root.map(list.get().header().root()::equals).orElse(true);
        return new HeldList(kind, version, same ? Kept.KEPT : Kept.OTHER_ROOT, same ? list : Optional.empty());
    }

    /** The newest that were signed for the device. */
    List<HeldList> now(DeviceAddress device) {
        return lists.headers(device).stream()
                .map(ListHeader::kind)
                .filter(kind -> !SILENT.contains(kind))
                .flatMap(kind -> lists.newest(device, kind).stream())
                .map(list -> new HeldList(list.header().kind(), list.header().version(), Kept.KEPT, Optional.of(list)))
                .toList();
    }
}
