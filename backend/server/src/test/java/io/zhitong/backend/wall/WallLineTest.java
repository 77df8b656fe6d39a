package io.zhitong.backend.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.EventKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WallLineTest {

    @Test
    void equal_technical_events_next_to_each_other_become_one_line_with_the_newest_time() {
        List<WallLine> folded = WallLine.folded(List.of(
                line(9, "名单已更新", "控制器", WallGroup.TECHNICAL),
                line(8, "名单已更新", "控制器", WallGroup.TECHNICAL),
                line(7, "名单已更新", "控制器", WallGroup.TECHNICAL)));
        assertEquals(1, folded.size());
        assertEquals(3, folded.get(0).times());
        assertEquals(9, folded.get(0).position());
    }

    @Test
    void another_place_another_kind_or_anything_between_keeps_lines_apart() {
        assertEquals(
                4,
                WallLine.folded(List.of(
                                line(9, "名单已更新", "控制器", WallGroup.TECHNICAL),
                                line(8, "名单已更新", "收款机", WallGroup.TECHNICAL),
                                line(7, "设备启动", "收款机", WallGroup.TECHNICAL),
                                line(6, "名单已更新", "收款机", WallGroup.TECHNICAL)))
                        .size());
    }

    @Test
    void nothing_but_technical_events_is_ever_folded() {
        Stream.of(WallGroup.ACCESS, WallGroup.ALARM, WallGroup.PAYMENT)
                .forEach(group -> assertEquals(
                        2,
                        WallLine.folded(List.of(line(2, "拒绝", "大门", group), line(1, "拒绝", "大门", group)))
                                .size()));
    }

    @Test
    void each_kind_of_event_is_in_exactly_one_group() {
        assertEquals(WallGroup.ACCESS, WallGroup.of(EventKind.ACCESS_DENIED));
        assertEquals(WallGroup.ACCESS, WallGroup.of(EventKind.COMMAND_EXECUTED));
        assertEquals(WallGroup.PAYMENT, WallGroup.of(EventKind.PURCHASE));
        assertEquals(WallGroup.TECHNICAL, WallGroup.of(EventKind.PURCHASE_INTENT));
        assertEquals(WallGroup.ALARM, WallGroup.of(EventKind.FORCED_OPEN));
        assertEquals(WallGroup.TECHNICAL, WallGroup.of(EventKind.LIST_INSTALLED));
        assertEquals(WallGroup.TECHNICAL, WallGroup.of(EventKind.OTHER));
        int kinds = Arrays.stream(WallGroup.values())
                .mapToInt(group -> group.kinds().size())
                .sum();
        assertEquals(EventKind.values().length, kinds);
    }

    @Test
    void group_is_found_by_its_exact_name_only() {
        assertEquals(Optional.of(WallGroup.ALARM), WallGroup.named("ALARM"));
        assertEquals(Optional.empty(), WallGroup.named("alarm"));
        assertEquals(Optional.empty(), WallGroup.named("' or 1=1"));
    }

    private static WallLine line(long position, String what, String where, WallGroup group) {
        return new WallLine(
                position,
                "12:00:0" + position,
                "2026-11-21",
                WallLine.Tone.PLAIN,
                what,
                where,
                "",
                "",
                group,
                1,
                false);
    }
}
