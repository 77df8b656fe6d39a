package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Set;

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

    /** The version of the policy where all its devices get the same, else the device itself. */
    @Override
    public Object sameFor(DeviceRow device) {
        return byCredential() || kind == ListKind.HOLIDAYS ? desk.version(device) : device.address();
    }

    @Override
    public boolean byCredential() {
        return kind == ListKind.ACCESS;
    }

    @Override
    public List<? extends ListRecord> records(DeviceRow device, Set<CredentialNumber> credentials) {
        return desk.records(device, credentials);
    }

    @Override
    public void forget(CommunityId community) {
        desk.forget(community);
    }
}
