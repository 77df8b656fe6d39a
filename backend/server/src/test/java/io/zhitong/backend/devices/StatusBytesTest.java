package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ListState;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a device said of itself last, as it is kept for both backends. */
final class StatusBytesTest {
    private static final DeviceStatus STATUS = new DeviceStatus(
            1_800_000_000_123L,
            ClockQuality.SYNCHRONISED,
            7,
            2,
            1,
            List.of(new ListState(
                    ListKind.ACCESS, new ListVersion(0xFFFF_FFFFL, 9), Hash.of(Hex.parse("ab".repeat(32))))),
            List.of("reader door-1 lost", "时钟"));
    private static final String BYTES = "000001a3185c507b" + "02" + "0000000000000007" + "0000000000000002"
            + "0000000000000001" + "01" + "01" + "ffffffff" + "0000000000000009" + "ab".repeat(32) + "0012"
            + "72656164657220646f6f722d31206c6f7374" + "0006" + "e697b6e9929f";

    @Test
    void status_is_kept_byte_for_byte() {
        assertThat(Hex.of(StatusBytes.encode(STATUS))).isEqualTo(BYTES);
        assertThat(StatusBytes.decode(Hex.parse(BYTES))).isEqualTo(STATUS);
    }

    @Test
    void status_of_a_device_with_every_list_and_of_one_with_none_come_back() {
        List<ListState> all = Arrays.stream(ListKind.values())
                .map(kind -> new ListState(kind, new ListVersion(kind.code(), Long.MAX_VALUE), Hash.ZERO))
                .toList();
        for (List<ListState> lists : List.of(List.<ListState>of(), all)) {
            DeviceStatus status = new DeviceStatus(0, ClockQuality.UNKNOWN, 0, 0, 0, lists, List.of());
            assertThat(StatusBytes.decode(StatusBytes.encode(status))).isEqualTo(status);
        }
    }

    /** Cut behind the lists it is a status with fewer faults; cut anywhere else it is none. */
    @Test
    void status_that_is_cut_is_refused_or_ends_with_a_whole_fault() {
        byte[] whole = Hex.parse(BYTES);
        int lists = 34 + 1 + 12 + 32;
        List<Integer> ends = List.of(lists, lists + 20, whole.length);
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (ends.contains(length)) {
                assertThat(StatusBytes.decode(cut).faults()).hasSize(ends.indexOf(length));
            } else {
                assertThatThrownBy(() -> StatusBytes.decode(cut))
                        .as("%d bytes", length)
                        .isInstanceOf(RuntimeException.class);
            }
        }
    }

    @Test
    void clock_and_list_that_do_not_exist_are_refused() {
        for (int place : new int[] {8, 34}) {
            byte[] changed = Hex.parse(BYTES);
            changed[place] = (byte) 0xEE;
            assertThatThrownBy(() -> StatusBytes.decode(changed)).isInstanceOf(RuntimeException.class);
        }
    }
}
