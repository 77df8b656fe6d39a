package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.machinetls.MachineTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that knows several backends of one installation; the two servers here share what they store, as two processes share a database. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeveralBackendsTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final MachineTls DOOR = ESTATE.device(Estate.DOOR);

    private final RecordingHandler database = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final LinkServer first = serve(0);
    private final LinkServer second = serve(0);

    private LinkServer serve(int port) {
        return LinkServer.start(LinkServerOptions.of(local(port)), () -> BACKEND, database);
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private LinkClient connect(InetSocketAddress... backends) {
        return LinkClient.start(
                LinkClientOptions.to(List.of(backends))
                        .withHeartbeat(Duration.ofMillis(100))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)),
                () -> DOOR,
                device.on(ESTATE));
    }

    private static boolean serves(LinkServer server) {
        return server.session(Estate.DOOR).isPresent();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void the_first_is_tried_first_and_the_second_when_it_is_gone_and_nothing_is_lost() {
        try (LinkClient client = connect(local(first.port()), local(second.port()))) {
            device.append(EventKind.ACCESS_GRANTED, 40);
            client.wake();
            Poll.until("stored by the first", () -> device.acknowledged.get() == 1 && serves(first));
            first.close();
            device.append(EventKind.ACCESS_DENIED, 40);
            Poll.until("at the second", () -> serves(second));
            Poll.until("stored by the second", () -> device.acknowledged.get() == 2);
            assertEquals(device.records, database.stored);
        }
    }

    @Test
    void one_that_was_never_there_is_passed_over() throws IOException {
        int port = portOfNobody();
        try (LinkClient client = connect(local(port), local(port), local(second.port()))) {
            Poll.until("at the third", () -> serves(second) && client.connected());
        }
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }

    /** It listens and says nothing: a machine that hangs. */
    @Test
    void one_that_takes_the_connection_and_never_answers_holds_nobody_for_good() throws IOException {
        try (ServerSocket hung = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                LinkClient client = connect(local(hung.getLocalPort()), local(second.port()))) {
            Poll.until("at the second", () -> serves(second) && client.connected());
        }
    }

    @Test
    void when_the_second_goes_too_the_first_is_tried_again() {
        try (LinkClient client = connect(local(first.port()), local(second.port()))) {
            Poll.until("at the first", () -> serves(first));
            int port = first.port();
            first.close();
            Poll.until("at the second", () -> serves(second));
            second.close();
            try (LinkServer back = serve(port)) {
                Poll.until("back at the first", () -> serves(back) && client.connected());
            }
        }
    }

    @Test
    void nobody_connects_to_nowhere() {
        LinkException refused = assertThrows(LinkException.class, () -> LinkClientOptions.to(List.of()));
        assertTrue(refused.getMessage().contains("at least one backend"), refused.getMessage());
    }
}
