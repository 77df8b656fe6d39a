package io.zhitong.backend.keys;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.keyapi.KeyUsage;
import java.util.List;
import java.util.Optional;

/**
 * A security module in a terminal (终端安全模块).
 *
 * @param serial 20 hex digits
 * @param usage whose masters it holds: DPK for a PSAM, ACCESS_FAST for an access SAM
 * @param versions of the master it holds, rising
 * @param terminal number of the terminal, 12 hex digits
 * @param device the device it lies in, where known
 * @param lost whether it was reported lost
 */
public record SamRow(
        String serial,
        KeyUsage usage,
        List<Integer> versions,
        String terminal,
        Optional<DeviceId> device,
        boolean lost) {
    public SamRow {
        if (!serial.matches("[0-9A-F]{20}") || !terminal.matches("[0-9A-F]{12}")) {
            throw new IllegalArgumentException("expected a serial of 20 and a terminal of 12 hex digits, capitals");
        }
        versions = List.copyOf(versions);
    }

    /** A PSAM, or an access SAM. */
    public String kind() {
        return usage == KeyUsage.DPK ? "PSAM" : "ACCESS_SAM";
    }
}
