package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.backend.estate.DeviceRow;
import java.util.List;

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

    /** What was read of the community before is out of date: compiling begins, or has ended. */
    default void forget(CommunityId community) {}
}
