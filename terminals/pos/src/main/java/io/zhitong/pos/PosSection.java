package io.zhitong.pos;

import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Section {@code pos} of the program's YAML file (收款机配置), docs/pos.md.
 *
 * @param driver {@code host:port} of the reader driver
 * @param reader name of the card reader at the driver
 * @param sam name of the slot that holds the PSAM
 * @param tillPort port of the cashier line on loopback; 0 = any free one
 * @param point number of the till's point within the device
 * @param zone time zone of the community, for date and time on cards
 */
record PosSection(String driver, String reader, String sam, int tillPort, int point, String zone) {
    PosSection {
        if (tillPort < 0 || tillPort > 65_535 || point < 1 || point > 65_535) {
            throw wrong("expected a till port of 0 to 65535 and a point of 1 to 65535");
        }
        if (reader.isBlank() || sam.isBlank()) {
            throw wrong("expected the names of 'reader' and 'sam'");
        }
    }

    PointId pointId() {
        return new PointId(point);
    }

    ZoneId zoneId() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw wrong("expected a time zone such as Asia/Shanghai at 'zone'");
        }
    }

    InetSocketAddress driverAddress() {
        int colon = driver.lastIndexOf(':');
        try {
            return new InetSocketAddress(driver.substring(0, colon), Integer.parseInt(driver.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw wrong("expected host:port at 'driver'");
        }
    }

    private static EdgeException wrong(String expected) {
        return new EdgeException(EdgeFault.CONFIG, "in section 'pos': " + expected);
    }
}
