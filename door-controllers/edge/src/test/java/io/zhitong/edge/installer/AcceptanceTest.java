package io.zhitong.edge.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.edge.installer.Workbench.LineView;
import io.zhitong.edge.installer.Workbench.PointView;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private static final LineView TRIED = line(true, true);

    private static LineView line(boolean rested, boolean acted) {
        return new LineView(3, new Text("门磁", "door contact"), new Text("正常", "normal"), rested, acted);
    }

    private static PointView point(int zone, boolean contact, boolean clicked, boolean carded, LineView... lines) {
        return new PointView(1, "1号楼大门", "door-1", zone, contact, clicked, carded, List.of(lines));
    }

    private static List<String> missing(PointView point) {
        return Acceptance.of(true, List.of(point)).findings().stream()
                .map(finding -> finding.missing().english())
                .toList();
    }

    @Test
    void everything_tried_is_accepted() {
        assertTrue(
                Acceptance.of(true, List.of(point(0, false, true, true, TRIED))).accepted());
        assertTrue(
                Acceptance.of(true, List.of(point(7, true, true, true, TRIED))).accepted());
    }

    @Test
    void point_of_a_fire_zone_without_a_contact_of_its_own_is_refused_whatever_else_was_tried() {
        PointView point = point(7, false, true, true, TRIED);
        assertEquals(List.of("belongs to fire zone 7 and has no fire contact wired: refused"), missing(point));
        assertEquals(
                "属于消防分区 7,但未接消防触点,不予验收",
                Acceptance.of(true, List.of(point)).findings().get(0).missing().chinese());
    }

    @Test
    void each_thing_not_tried_is_named() {
        assertEquals(List.of("the lock was not released"), missing(point(0, false, false, true, TRIED)));
        assertEquals(List.of("no card was shown to the reader"), missing(point(0, false, true, false, TRIED)));
        String line = "door contact (terminal 3) was not seen in both states";
        assertEquals(List.of(line), missing(point(0, false, true, true, line(true, false))));
        assertEquals(List.of(line), missing(point(0, false, true, true, line(false, true))));
    }

    @Test
    void point_without_a_reader_needs_no_card() {
        PointView point = new PointView(2, "消防门", "", 0, false, true, false, List.of());
        assertTrue(Acceptance.of(true, List.of(point)).accepted());
    }

    @Test
    void device_that_is_not_enrolled_or_has_no_points_is_not_accepted() {
        assertFalse(Acceptance.of(false, List.of(point(0, false, true, true))).accepted());
        assertFalse(Acceptance.of(true, List.of()).accepted());
    }
}
