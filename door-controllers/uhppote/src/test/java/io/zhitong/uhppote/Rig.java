package io.zhitong.uhppote;

import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.Patience;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.emulator.BoardEmulator;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.emulator.BoardServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A board, a wire that can be made bad, and a driver. */
public final class Rig implements AutoCloseable {
    public static final long SERIAL = 405419896;
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    public static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Everything arrives once, at once. */
    public static final BadWire.Fate GOOD = (fromBoard, datagram) -> List.of(0);

    public static final Patience QUICK = new Patience(Duration.ofMillis(60), 8, Duration.ofSeconds(5));

    public final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T02:00:00Z"));
    public final BoardEmulator board;
    public final BoardServer server;
    public final BadWire wire;
    public final UdpDriver driver;
    public final BoardAddress address;

    public Rig(BoardIdentity identity, Path file) throws IOException {
        board = BoardEmulator.open(identity, file, clock());
        server = BoardServer.start(ANY, board);
        wire = new BadWire(server.address(), GOOD);
        driver = UdpDriver.open(ANY, QUICK);
        address = new BoardAddress(identity.serial(), wire.address());
    }

    public static Rig usual(Path folder) throws IOException {
        return new Rig(BoardIdentity.usual(SERIAL, ZONE), folder.resolve("board"));
    }

    /** The rig's own time. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(now.get(), zone);
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    public void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    @Override
    public void close() throws IOException {
        driver.close();
        wire.close();
        server.close();
        board.close();
    }
}
