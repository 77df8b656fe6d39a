package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import java.util.List;

/** Lists of one kind as the policy makes them (策略名单). */
final class PolicyLists implements DeviceListSource {
    private final ListKind kind;
    private final CompilerDesk desk;

    PolicyLists(ListKind kind, CompilerDesk desk) {
        this.kind = kind;
        this.desk = desk;
    }

    @Override
    public ListKind kind() {
        return kind;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return device.kind() == DeviceKind.CONTROLLER || kind == ListKind.POINTS;
    }

    @Override
    public List<? extends ListRecord> records(DeviceRow device) {
        return desk.compiler(device).records(kind, device.id());
    }

    @Override
    public void forget(CommunityId community) {
        desk.forget(community);
    }
}
