package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Set;

/**
 * What goes on the signed lists of one kind (名单来源): a bean of the module that knows it. Asked again after each
 * {@link DeviceLists#changed}; unchanged records give no new version.
 */
public interface DeviceListSource {
    ListKind kind();

    /** Whether this device gets the list at all. */
    boolean serves(DeviceRow device);

    /** All records for this device, each of {@link #kind()}. */
    List<? extends ListRecord> records(DeviceRow device);

    /** Devices with equal answers have the same records: they are made once for all of them. */
    default Object sameFor(DeviceRow device) {
        return device.address();
    }

    /** Whether each record is of one credential, whose 8 bytes are its key, and can be made by itself. */
    default boolean byCredential() {
        return false;
    }

    /** With {@link #byCredential}: the records of these credentials; one without record here is left out. */
    default List<? extends ListRecord> records(DeviceRow device, Set<CredentialNumber> credentials) {
        return List.of();
    }

    /** What was read of the community before is out of date: compiling begins, or has ended. */
    default void forget(CommunityId community) {}
}
