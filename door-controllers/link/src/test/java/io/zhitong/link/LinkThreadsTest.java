package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.machinetls.MachineTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many devices of one process on a few threads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkThreadsTest {

    private static final int DEVICES = 12;
    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();

    private final RecordingHandler database = new RecordingHandler();
    private LinkServer server = serve(0);
    private final LinkThreads threads = LinkThreads.shared(1, 2);
    private final List<MemoryDevice> devices = new ArrayList<>();
    private final List<LinkClient> clients = new ArrayList<>();

    private LinkServer serve(int port) {
        return LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                () -> BACKEND,
                database);
    }

    private LinkClient connect(MemoryDevice device) {
        MachineTls tls = ESTATE.device(device.address);
        LinkClientOptions options = LinkClientOptions.to(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
                .withHeartbeat(Duration.ofMillis(100))
                .withPauses(Duration.ofMillis(20), Duration.ofMillis(100));
        return LinkClient.start(options, () -> tls, device.on(ESTATE), threads);
    }

    private void connectAll() {
        for (int i = 1; i <= DEVICES; i++) {
            MemoryDevice device = new MemoryDevice(DeviceAddress.of(1, i));
            devices.add(device);
            clients.add(connect(device));
        }
        Poll.until("all are greeted", () -> clients.stream().allMatch(LinkClient::connected));
    }

    @AfterEach
    void stop() {
        clients.forEach(LinkClient::close);
        threads.close();
        server.close();
    }

    @Test
    void many_devices_on_three_threads_bring_their_records_each_in_its_own_order() {
        connectAll();
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < DEVICES; i++) {
                devices.get(i).append(EventKind.ACCESS_GRANTED, 40);
                clients.get(i).wake();
            }
        }
        Poll.until("all are stored", () -> database.stored.size() == 20 * DEVICES);
        for (MemoryDevice device : devices) {
            assertEquals(
                    device.records,
                    database.stored.stream()
                            .filter(record -> record.journal().equals(device.journal))
                            .sorted(java.util.Comparator.comparingLong(JournalRecord::sequence))
                            .toList());
        }
    }

    @Test
    void one_that_is_closed_goes_and_stays_away_and_the_others_do_not_notice() {
        connectAll();
        clients.get(0).close();
        Poll.until("it is gone", () -> server.session(devices.get(0).address).isEmpty());
        devices.get(1).append(EventKind.ACCESS_GRANTED, 40);
        clients.get(1).wake();
        Poll.until(
                "the neighbour's record is stored",
                () -> devices.get(1).acknowledged.get() == 1);
        assertTrue(server.session(devices.get(0).address).isEmpty());
        assertTrue(clients.stream().skip(1).allMatch(LinkClient::connected));
    }

    @Test
    void all_come_back_to_a_backend_that_was_gone() {
        connectAll();
        int port = server.port();
        server.close();
        Poll.until("all have noticed", () -> clients.stream().noneMatch(LinkClient::connected));
        devices.forEach(device -> device.append(EventKind.ACCESS_DENIED, 40));
        server = serve(port);
        Poll.until(
                "what they wrote meanwhile is stored",
                () -> devices.stream().allMatch(device -> device.acknowledged.get() == 1));
        assertEquals(DEVICES, database.stored.size());
        assertTrue(devices.stream().allMatch(device -> device.connections.get() == 2));
    }

    @Test
    void a_client_closed_while_it_connects_leaves_no_session() {
        for (int i = 1; i <= DEVICES; i++) {
            connect(new MemoryDevice(DeviceAddress.of(1, i))).close();
        }
        MemoryDevice last = new MemoryDevice(DeviceAddress.of(1, 99));
        clients.add(connect(last));
        Poll.until("the last is there", () -> last.connections.get() == 1);
        for (int i = 1; i <= DEVICES; i++) {
            DeviceAddress closed = DeviceAddress.of(1, i);
            Poll.until("none of the closed", () -> server.session(closed).isEmpty());
        }
    }
}
