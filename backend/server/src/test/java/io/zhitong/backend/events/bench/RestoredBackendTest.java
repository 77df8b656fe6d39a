package io.zhitong.backend.events.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.LinkClient;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkDevice;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backend comes back from its backup: the watermark it states at the connection is old, and the device sends from there,
 * also what the lost database had acknowledged.
 */
@BothDatabases
final class RestoredBackendTest {
    private static final int ALL = 900;
    private static final int BACKED_UP = 350;
    private static final DeviceAddress DOOR = BenchEstate.device(1);

    private final TestDatabase restored;

    @TempDir
    Path folder;

    RestoredBackendTest(TestDatabase restored) {
        this.restored = restored;
    }

    @Test
    void the_device_sends_from_the_watermark_of_the_backup_and_nothing_is_stored_twice() throws InterruptedException {
        BenchEstate estate = BenchEstate.create(folder, 1);
        MadeJournal journal = new MadeJournal(DOOR, 7, ALL);
        List<JournalRecord> records = journal.after(0, Integer.MAX_VALUE);
        CountDownLatch acknowledged = new CountDownLatch(1);
        int port;
        LinkClient device;
        try (TestDatabase lost = TestDatabase.of(restored.kind())) {
            TestEvents before = new TestEvents(lost);
            try (LinkServer server = server(estate, before, 0)) {
                port = server.port();
                device = client(estate, new BenchDevices.Door(journal, acknowledged), port);
                assertThat(acknowledged.await(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(watermark(before)).isEqualTo(records.get(ALL - 1).watermark());
        }
        TestEvents events = new TestEvents(restored);
        events.store().append(DOOR.community(), DOOR.device(), journal.id(), records.subList(0, BACKED_UP));
        try (LinkServer server = server(estate, events, port)) {
            assertThat(server.port()).isEqualTo(port);
            Eventually.holds("all again", () -> watermark(events).sequence() == ALL);
            assertThat(watermark(events)).isEqualTo(records.get(ALL - 1).watermark());
            List<StoredEvent> stored = events.reader().after(DOOR.community(), 0, 2 * ALL);
            assertThat(stored).extracting(StoredEvent::record).isEqualTo(records);
            assertThat(stored.get(ALL - 1).position()).isEqualTo(ALL);
            assertThat(restored.jdbc()
                            .sql("select (select count(*) from event_gap) + (select count(*) from event_conflict)")
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            device.close();
        }
    }

    private static Watermark watermark(TestEvents events) {
        return events.store().watermark(DOOR.community(), DOOR.device(), new JournalId(7));
    }

    private static LinkServer server(BenchEstate estate, TestEvents events, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return LinkServer.start(LinkServerOptions.of(address), estate::backend, new StoringHandler(events.store()));
    }

    private static LinkClient client(BenchEstate estate, BenchDevices.Door door, int port) {
        MachineTls tls = estate.door(1);
        Sm2PublicKey signer = Sm2PrivateKey.generate(RandomSource.secure()).publicKey();
        return LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .withPauses(Duration.ofMillis(100), Duration.ofMillis(400)),
                () -> tls,
                new LinkDevice(DOOR, "test 1", signer, signer, door, door, door, door));
    }
}
