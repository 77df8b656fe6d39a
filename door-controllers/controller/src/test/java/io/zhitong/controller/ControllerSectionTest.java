package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.controller.ControllerSection.PointSection;
import io.zhitong.controller.board.Board;
import io.zhitong.edge.EdgeException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerSectionTest {

    private static final PointSection GATE = new PointSection(1, "door-1", "sealed");

    @Test
    void doors_sam_and_driver_are_read() {
        ControllerSection section = new ControllerSection(
                "127.0.0.1:8085",
                "sam-controller",
                List.of(GATE, new PointSection(2, "door-2", "fast"), new PointSection(3, "door-3", "legacy")));
        assertEquals(8085, section.driverAddress().getPort());
        assertEquals(Optional.of("sam-controller"), section.samReader());
        assertEquals(
                List.of(AccessMethod.SEALED, AccessMethod.FAST, AccessMethod.LEGACY),
                section.doors().stream().map(DoorSetup::method).toList());
        assertEquals(Optional.empty(), new ControllerSection("h:1", "", List.of(GATE)).samReader());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000"})
    void driver_without_host_and_port_is_refused(String driver) {
        ControllerSection section = new ControllerSection(driver, "", List.of(GATE));
        String said = assertThrows(EdgeException.class, section::driverAddress).getMessage();
        assertTrue(said.contains("expected host:port at 'driver'"), said);
    }

    @Test
    void method_that_does_not_exist_is_refused() {
        ControllerSection section = new ControllerSection("h:1", "", List.of(new PointSection(1, "r", "Sealed")));
        assertThrows(EdgeException.class, section::doors);
    }

    @Test
    void no_point_a_point_twice_and_point_0_are_refused() {
        assertThrows(EdgeException.class, () -> new ControllerSection("h:1", "", List.of()));
        assertThrows(EdgeException.class, () -> new ControllerSection("h:1", "", List.of(GATE, GATE)));
        PointSection device = new PointSection(0, "r", "sealed");
        assertThrows(EdgeException.class, () -> new ControllerSection("h:1", "", List.of(device)));
    }

    @Test
    void without_a_board_nothing_is_driven_and_a_board_needs_host_and_port() {
        Happened happened = new Happened();
        WiredRelay relay = new WiredRelay(SiteUnderTest.lists()::policy, Board.none(), happened);
        relay.pulse(TestLists.SIDE_DOOR, 1);
        assertEquals(List.of("pulse 1 @3"), happened.log(), "a lock that is wired nowhere is behind the reader driver");
        assertThrows(EdgeException.class, () -> new BoardSection("here", "").open(silent()));
    }

    private static Board.Listener silent() {
        return new Board.Listener() {
            @Override
            public void reading(int io, int ohms) {}

            @Override
            public void lost() {}

            @Override
            public void back() {}
        };
    }
}
