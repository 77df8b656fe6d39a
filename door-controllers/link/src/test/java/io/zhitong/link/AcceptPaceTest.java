package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AcceptPaceTest {

    private final EmbeddedChannel port = new EmbeddedChannel(new AcceptPace());

    private void accepted(int connections) {
        for (int i = 0; i < connections; i++) {
            port.writeInbound("connection " + i);
        }
    }

    @Test
    void a_few_connections_are_let_in_without_a_pause() {
        accepted(7);
        assertTrue(port.config().isAutoRead());
        assertEquals(7, port.inboundMessages().size());
    }

    @Test
    void after_eight_the_port_waits_ten_milliseconds_and_loses_none() {
        accepted(8);
        assertFalse(port.config().isAutoRead());
        assertEquals(8, port.inboundMessages().size());
        port.advanceTimeBy(9, TimeUnit.MILLISECONDS);
        port.runScheduledPendingTasks();
        assertFalse(port.config().isAutoRead());
        port.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        port.runScheduledPendingTasks();
        assertTrue(port.config().isAutoRead());
        accepted(7);
        assertTrue(port.config().isAutoRead(), "counted anew");
    }

    /** As many silent strangers as there are places in a burst, many times over: a device gets in all the same. */
    @Test
    void silent_strangers_hold_up_no_device() throws IOException {
        Estate estate = new Estate();
        RecordingHandler handler = new RecordingHandler();
        List<Socket> strangers = new ArrayList<>();
        try (LinkServer server = LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                estate::backend,
                handler)) {
            for (int i = 0; i < 100; i++) {
                strangers.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            MemoryDevice device = new MemoryDevice(Estate.DOOR);
            LinkClientOptions options = LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()));
            try (LinkClient client = LinkClient.start(options, () -> estate.device(Estate.DOOR), device.on(estate))) {
                Poll.until("greeted among them", client::connected);
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }
}
