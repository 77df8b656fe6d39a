package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosSectionTest {
    private static PosSection with(String driver, String zone) {
        return new PosSection(driver, "pos-1", "sam-pos", 8084, 1, zone);
    }

    private static void assertSays(String expected, Runnable act) {
        EdgeException wrong = assertThrows(EdgeException.class, act::run);
        assertEquals(EdgeFault.CONFIG, wrong.fault());
        assertTrue(wrong.getMessage().contains("in section 'pos': expected "), wrong.getMessage());
        assertTrue(wrong.getMessage().contains(expected), wrong.getMessage());
    }

    @Test
    void section_of_the_manual_is_read() {
        PosSection section = with("127.0.0.1:8085", "Asia/Shanghai");
        assertEquals(8085, section.driverAddress().getPort());
        assertEquals("127.0.0.1", section.driverAddress().getHostString());
        assertEquals(ZoneId.of("Asia/Shanghai"), section.zoneId());
        assertEquals(new PointId(1), section.pointId());
    }

    @Test
    void driver_may_be_an_address_with_colons() {
        assertEquals(9, with("::1:9", "UTC").driverAddress().getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1"})
    void driver_without_host_and_port_is_refused(String driver) {
        assertSays("host:port at 'driver'", () -> with(driver, "UTC").driverAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shanghai", "Asia/Nowhere", "+25:00"})
    void zone_that_does_not_exist_is_refused(String zone) {
        assertSays("a time zone such as Asia/Shanghai", () -> with("h:1", zone).zoneId());
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "65536, 1", "0, 0", "0, -1", "0, 65536"})
    void port_and_point_out_of_range_are_refused(int port, int point) {
        assertSays("a till port", () -> new PosSection("h:1", "r", "s", port, point, "UTC"));
    }

    @Test
    void reader_and_sam_have_names() {
        assertSays("names of 'reader' and 'sam'", () -> new PosSection("h:1", " ", "s", 0, 1, "UTC"));
        assertSays("names of 'reader' and 'sam'", () -> new PosSection("h:1", "r", "", 0, 1, "UTC"));
    }

    @Test
    void deadline_gives_at_least_a_millisecond_and_at_most_the_limit() {
        Deadline over = Deadline.in(Duration.ofSeconds(-1));
        assertTrue(over.over());
        assertEquals(Duration.ofMillis(1), over.atMost(Duration.ofSeconds(5)));
        Deadline far = Deadline.in(Duration.ofHours(1));
        assertEquals(Duration.ofSeconds(5), far.atMost(Duration.ofSeconds(5)));
    }
}
