package io.zhitong.backend.estate;

import java.time.Instant;
import java.util.Optional;

/**
 * A device as it is registered (设备档案).
 *
 * @param place where it hangs, in words; may be empty
 * @param retired when it went out of service; its number is not given again
 */
public record DeviceEntry(DeviceRow row, String place, Optional<Instant> retired) {
    /** Whether it gets lists and may connect. */
    public boolean inService() {
        return retired.isEmpty();
    }
}
