package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.link.BadLine.Fault;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that duplicate, swap, change, lose, delay and cut: nothing is lost, nothing doubles, nothing late is obeyed. */
final class BadLineTest {

    private static final int EVENTS = 200;

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryPictures pictures = new MemoryPictures();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);

    private Estate estate;
    private LinkServer server;
    private MachineTls door;

    private void serve(MachineProfile profile) {
        estate = new Estate(profile);
        MachineTls backend = estate.backend();
        door = estate.device(estate.identity(MachineRole.CONTROLLER, Estate.DOOR.certificateName()));
        handler.pictures = pictures;
        server = LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                () -> backend,
                handler);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LinkClient connect(BadLine line, Duration silence) {
        LinkClientOptions options = new LinkClientOptions(
                List.of(new InetSocketAddress("127.0.0.1", line.port())),
                Duration.ofMillis(100),
                silence,
                Duration.ofMillis(20),
                Duration.ofMillis(100));
        return LinkClient.start(options, () -> door, device.on(estate, pictures));
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            device.append(EventKind.ACCESS_GRANTED, 60);
        }
    }

    /** Each fault strikes early and late in a connection of its own, in the handshake too; the connection after them is clean. */
    @ParameterizedTest
    @EnumSource(MachineProfile.class)
    void events_and_a_picture_arrive_once_whatever_the_line_does(MachineProfile profile) throws IOException {
        serve(profile);
        for (int piece : new int[] {2, 6}) {
            Fault[] faults = Fault.values();
            events(EVENTS);
            pictures.waiting.add(MemoryPictures.picture(200_000, piece));
            try (BadLine line = new BadLine(server.port(), piece, faults);
                    LinkClient client = connect(line, Duration.ofSeconds(2))) {
                Poll.until(
                        "all of it",
                        () -> device.acknowledged.get() == device.records.size() && pictures.waiting.isEmpty());
                assertTrue(client.connected());
            }
        }
        assertEquals(device.records, handler.stored);
        assertEquals(400_000, pictures.appended.get(), "no byte of a picture twice");
        assertEquals(2, pictures.stored.size());
    }

    @Test
    void a_line_that_is_silent_but_not_closed_is_given_up_and_its_newer_connection_counts() throws IOException {
        serve(MachineProfile.P256);
        try (BadLine line = new BadLine(server.port(), 0);
                LinkClient client = connect(line, Duration.ofMillis(700))) {
            Poll.until("connected", client::connected);
            line.held = true;
            events(5);
            client.wake();
            Poll.until("given up", () -> !client.connected());
            assertEquals(0, device.acknowledged.get());
            line.held = false;
            Poll.until("back", () -> device.acknowledged.get() == 5);
            assertEquals(device.records, handler.stored);
        }
    }

    /** The order arrives when its time is over by the backend's clock, which the device has estimated. */
    @Test
    void an_order_that_the_line_held_back_until_it_was_late_opens_nothing() throws Exception {
        serve(MachineProfile.P256);
        try (BadLine line = new BadLine(server.port(), 0);
                LinkClient client = connect(line, Duration.ofSeconds(8))) {
            Poll.until("time is known", () -> client.backendMillis().isPresent());
            line.held = true;
            CompletableFuture<CommandAnswer> answer = server.send(order(400)).executed();
            Poll.until("late", () -> client.backendMillis().orElse(0) > 0 && lateBy(client, 500));
            line.held = false;
            assertEquals(
                    CommandRefusal.EXPIRED, answer.get(10, TimeUnit.SECONDS).refusal());
            assertTrue(device.executed.isEmpty());
            assertEquals(
                    CommandAnswer.Stage.EXECUTED,
                    server.send(order(9_000))
                            .executed()
                            .get(10, TimeUnit.SECONDS)
                            .stage());
        }
    }

    private long heldSince;

    private boolean lateBy(LinkClient client, long millis) {
        long now = client.backendMillis().orElseThrow();
        heldSince = heldSince == 0 ? now : heldSince;
        return now - heldSince > millis;
    }

    @Test
    void events_over_a_slow_line_arrive_and_the_session_lasts() throws IOException {
        serve(MachineProfile.P256);
        try (BadLine line = new BadLine(server.port(), 0);
                LinkClient client = connect(line, Duration.ofSeconds(8))) {
            Poll.until("connected", client::connected);
            line.delayMillis = 150;
            events(EVENTS);
            client.wake();
            Poll.until("all of it", () -> device.acknowledged.get() == EVENTS);
            assertEquals(1, line.connections.get());
        }
    }

    private SignedCommand order(long lasts) {
        long now = System.currentTimeMillis();
        CommandOrder order = new CommandOrder(
                Estate.DOOR.community(),
                Estate.DOOR.device(),
                device.journal,
                server.session(Estate.DOOR).orElseThrow().hello().nonce(),
                CommandKind.OPEN,
                new PointId(1),
                now,
                now + lasts,
                Octets.of(ByteBuffer.allocate(CommandOrder.KEY_LENGTH)
                        .putLong(lasts)
                        .array()),
                Octets.EMPTY,
                "guard",
                "visitor");
        return SignedCommand.sign(order, message -> Sm2.sign(estate.command, message, RandomSource.secure()));
    }
}
