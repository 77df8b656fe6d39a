package io.zhitong.backend.wall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.smcrypto.Hex;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SiteOrderTest {
    private static final Instant END = Instant.ofEpochSecond(1_800_000_000L);

    @Test
    void what_a_device_found_of_its_clock_is_told_in_chinese_and_anything_else_stays_as_it_is() {
        assertThat(DeviceOrdersPage.chinese("已校时， offset -12 ms, step 3 ms, error 1 ms"))
                .isEqualTo("已校时， 时差 -12 毫秒，调整 3 毫秒，误差不超过 1 毫秒。");
        assertThat(DeviceOrdersPage.chinese("设备未连接")).isEqualTo("设备未连接");
    }

    @Test
    void what_stands_at_points_goes_out_as_place_and_an_end() {
        for (SiteOrder order : Set.of(SiteOrder.THREAT, SiteOrder.LOCK_DOWN, SiteOrder.UNLOCK, SiteOrder.RELEASE)) {
            long number = order == SiteOrder.THREAT ? 3 : 0;
            assertThat(PlaceOrder.decode(order.arguments(number, 7, END)))
                    .as(order.name())
                    .isEqualTo(new PlaceOrder((int) number, 7, 1_800_000_000L));
        }
        assertThat(PlaceOrder.decode(SiteOrder.LOCK_DOWN.arguments(0, 0, Instant.EPOCH)))
                .isEqualTo(PlaceOrder.NONE);
    }

    @Test
    void zones_are_two_bytes_and_holders_four() {
        assertThat(SiteOrder.FIRE.arguments(258, 0, Instant.EPOCH)).isEqualTo(hex("0102"));
        assertThat(SiteOrder.FIRE_RESET.arguments(0, 0, Instant.EPOCH)).isEqualTo(hex("0000"));
        assertThat(SiteOrder.AMNESTY.arguments(0xFFFF_FFFFL, 0, Instant.EPOCH)).isEqualTo(hex("FFFFFFFF"));
    }

    @Test
    void a_number_is_a_level_a_zone_or_a_holder_and_nothing_else() {
        assertThat(SiteOrder.THREAT.takes(255)).isTrue();
        assertThat(SiteOrder.THREAT.takes(256)).isFalse();
        assertThat(SiteOrder.FIRE.takes(0)).as("no zone").isFalse();
        assertThat(SiteOrder.FIRE_RESET.takes(0)).as("all zones").isTrue();
        assertThat(SiteOrder.FIRE.takes(65_536)).isFalse();
        assertThat(SiteOrder.UNLOCK.takes(1)).isFalse();
    }

    @Test
    void every_order_that_controllers_know_can_be_given_at_one_of_both_places() {
        Set<CommandKind> given =
                Arrays.stream(SiteOrder.values()).map(SiteOrder::kind).collect(Collectors.toSet());
        Arrays.stream(DoorOrder.values()).map(DoorOrder::kind).forEach(given::add);
        assertThat(given)
                .containsExactlyInAnyOrder(
                        CommandKind.OPEN,
                        CommandKind.ADMIT,
                        CommandKind.LOCK_DOWN,
                        CommandKind.UNLOCK,
                        CommandKind.RELEASE,
                        CommandKind.THREAT,
                        CommandKind.FIRE,
                        CommandKind.FIRE_RESET,
                        CommandKind.AMNESTY);
        for (DoorOrder order : DoorOrder.values()) {
            assertThat(order.done(true)).doesNotContainPattern("\\p{IsHan}").isNotBlank();
            assertThat(order.done(false)).containsPattern("\\p{IsHan}");
        }
    }

    private static Octets hex(String digits) {
        return Octets.of(Hex.parse(digits));
    }
}
