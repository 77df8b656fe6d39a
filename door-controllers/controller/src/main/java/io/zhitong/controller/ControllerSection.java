package io.zhitong.controller;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import io.zhitong.points.DoorConfig;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Section {@code controller} of the program's YAML file (控制器配置), docs/controller.md.
 *
 * @param driver {@code host:port} of the reader driver and of the relays behind it
 * @param sam name of the reader that holds the access SAM; empty = none, then fast points deny everybody
 * @param points the doors
 */
record ControllerSection(String driver, String sam, List<PointSection> points) {

    private static final int MOST_POINTS = 64;

    /**
     * One door.
     *
     * @param point number of the point within the device
     * @param reader name of its reader at the driver
     * @param method {@code sealed}, {@code fast} or {@code legacy}
     */
    record PointSection(int point, String reader, String method) {

        private DoorSetup setup() {
            return new DoorSetup(new PointId(point), reader, accessMethod(), DoorConfig.withoutContact());
        }

        private AccessMethod accessMethod() {
            return switch (method) {
                case "sealed" -> AccessMethod.SEALED;
                case "fast" -> AccessMethod.FAST;
                case "legacy" -> AccessMethod.LEGACY;
                default -> throw wrong("expected method 'sealed', 'fast' or 'legacy' at point " + point);
            };
        }
    }

    ControllerSection {
        points = List.copyOf(points);
        Set<Integer> numbers = new HashSet<>();
        for (PointSection point : points) {
            if (point.point() < 1 || point.point() > 0xFFFF || !numbers.add(point.point())) {
                throw wrong("expected different point numbers from 1 to 65535");
            }
        }
        if (points.isEmpty() || points.size() > MOST_POINTS) {
            throw wrong("expected 1 to " + MOST_POINTS + " points");
        }
    }

    List<DoorSetup> doors() {
        return points.stream().map(PointSection::setup).toList();
    }

    Optional<String> samReader() {
        return sam.isBlank() ? Optional.empty() : Optional.of(sam);
    }

    InetSocketAddress driverAddress() {
        return address(driver, "driver");
    }

    /** @throws EdgeException CONFIG when it is not host:port */
    static InetSocketAddress address(String written, String key) {
        int colon = written.lastIndexOf(':');
        try {
            return InetSocketAddress.createUnresolved(
                    written.substring(0, colon), Integer.parseInt(written.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw wrong("expected host:port at '" + key + "'");
        }
    }

    private static EdgeException wrong(String expected) {
        return new EdgeException(EdgeFault.CONFIG, "in section 'controller': " + expected);
    }
}
