package io.zhitong.backend.boards;

import io.zhitong.accessmodel.DeviceAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a board is reached (控制板).
 *
 * @param serial the number printed on it
 * @param host IPv4 in digits, of a network of the house's own: whoever reaches such a board opens its doors
 */
public record Board(DeviceAddress device, long serial, String host, int port) {
    public static final int DOORS = 4;
    private static final String DIGITS = "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}";

    public Board {
        if (serial < 1
                || serial > 0xFFFF_FFFFL
                || port < 1
                || port > 0xFFFF
                || address(host).isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a serial number u32, a port and an address of a private network or of this machine");
        }
    }

    InetSocketAddress at() {
        return new InetSocketAddress(address(host).orElseThrow(), port);
    }

    /** Nothing for a name, and for an address that the world can reach. */
    public static Optional<InetAddress> address(String host) {
        if (!host.matches(DIGITS)
                || Arrays.stream(host.split("\\.", -1)).anyMatch(part -> Integer.parseInt(part) > 255)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host))
                    .filter(each -> each.isSiteLocalAddress() || each.isLoopbackAddress() || each.isLinkLocalAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
