package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.RevokedMachine;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.vault.MachineUpkeep;
import io.zhitong.backend.vault.RevokedMachines;
import java.util.List;
import org.springframework.stereotype.Component;

/** Which machine certificates no device believes any more (吊销名单): all the vault has taken back, for every device. */
@Component
final class RevocationList implements DeviceListSource {
    private final RevokedMachines revoked;

    RevocationList(RevokedMachines revoked, MachineUpkeep upkeep, ListChanges changes, Estate estate) {
        this.revoked = revoked;
        upkeep.onRevoked(() -> estate.communities().forEach(community -> changes.mark(community.id())));
    }

    @Override
    public ListKind kind() {
        return ListKind.REVOCATIONS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return true;
    }

    @Override
    public List<RevokedMachine> records(DeviceRow device) {
        return revoked.all().stream()
                .map(entry -> new RevokedMachine(entry.serial(), entry.since().getEpochSecond()))
                .toList();
    }
}
