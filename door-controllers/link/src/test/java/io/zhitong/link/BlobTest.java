package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.link.proto.BlobOffer;
import io.zhitong.link.proto.BlobPart;
import io.zhitong.link.proto.BlobWanted;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.machinetls.MachineTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures in the bulk lane. */
final class BlobTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final MachineTls DOOR = ESTATE.device(Estate.DOOR);

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryPictures pictures = new MemoryPictures();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final LinkServer server = LinkServer.start(
            LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), () -> BACKEND, handler);

    @BeforeEach
    void keep() {
        handler.pictures = pictures;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LinkClient connect() {
        return LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)),
                () -> DOOR,
                device.on(ESTATE, pictures));
    }

    private Octets waiting(int length) {
        byte[] content = MemoryPictures.picture(length, length);
        pictures.waiting.add(content);
        return MemoryPictures.name(content);
    }

    @Test
    void pictures_of_one_byte_and_of_the_largest_arrive_whole_and_in_order() {
        Octets small = waiting(1);
        Octets large = waiting(Blob.MAX_LENGTH);
        try (LinkClient client = connect()) {
            Poll.until("both", () -> pictures.stored.equals(List.of(small, large)));
            assertEquals(1 + Blob.MAX_LENGTH, pictures.appended.get());
            assertArrayEquals(
                    MemoryPictures.picture(Blob.MAX_LENGTH, Blob.MAX_LENGTH),
                    pictures.kept.get(large).toByteArray());
            Octets later = waiting(20_000);
            client.wake();
            Poll.until("the one taken later", () -> pictures.stored.contains(later));
        }
    }

    @Test
    void event_and_its_alarm_do_not_wait_for_a_picture_that_the_disk_does_not_take() {
        pictures.disk.drainPermits();
        Octets name = waiting(500_000);
        try (LinkClient client = connect()) {
            Poll.until("greeted", client::connected);
            client.alarm(device.append(EventKind.FIRE, 32));
            client.wake();
            Poll.until("stored", () -> device.acknowledged.get() == 1 && handler.alarms.size() == 1);
            assertEquals(0, pictures.appended.get());
            pictures.disk.release(1_000_000);
            Poll.until("the picture too", () -> pictures.stored.contains(name));
        }
    }

    @Test
    void picture_cut_on_its_way_goes_on_where_it_was_and_no_byte_is_sent_twice() {
        pictures.disk.drainPermits();
        pictures.disk.release(10);
        Octets name = waiting(300_000);
        try (LinkClient client = connect()) {
            Poll.until("ten parts", () -> pictures.appended.get() == 10 * BlobServing.PART);
            client.dropRevoked(serial -> true);
            pictures.disk.release(1_000_000);
            Poll.until("whole", () -> pictures.stored.equals(List.of(name)));
        }
        assertTrue(device.connections.get() >= 2);
        assertEquals(300_000, pictures.kept.get(name).size());
        assertEquals(300_000, pictures.appended.get());
    }

    @Test
    void picture_with_another_name_is_refused_and_the_next_one_is_taken() {
        waiting(50_000);
        pictures.misnomer = Optional.of(Octets.zeros(Blob.NAME_LENGTH));
        Octets next = waiting(60_000);
        try (LinkClient client = connect()) {
            Poll.until("the next one", () -> pictures.stored.equals(List.of(next)));
            assertTrue(client.connected());
        }
        assertEquals(List.of(BlobRefusal.OTHER_CONTENT), pictures.refusals);
        assertEquals(1, pictures.kept.size());
    }

    @Test
    void backend_without_room_is_asked_once_a_connection_and_events_go_on() {
        pictures.full = Optional.of(BlobRefusal.NO_ROOM);
        Octets name = waiting(1_000);
        try (LinkClient client = connect()) {
            Poll.until("refused", () -> pictures.refusals.size() == 1);
            device.append(EventKind.ACCESS_GRANTED, 40);
            client.wake();
            Poll.until("stored", () -> device.acknowledged.get() == 1);
            assertEquals(List.of(BlobRefusal.NO_ROOM), pictures.refusals);
            pictures.full = Optional.empty();
            client.dropRevoked(serial -> true);
            Poll.until("taken", () -> pictures.stored.equals(List.of(name)));
        }
    }

    @Test
    void backend_that_keeps_none_says_so() throws IOException {
        handler.pictures = BlobKeeper.none();
        try (RawPeer peer = greeted()) {
            assertEquals(BlobRefusal.NOT_KEPT.code(), wanted(peer, offer(1_000)).getRefusal());
        }
    }

    @Test
    void offers_of_no_or_too_many_bytes_are_refused_and_of_a_wrong_name_end_the_connection() throws IOException {
        try (RawPeer peer = greeted()) {
            assertEquals(BlobRefusal.TOO_LARGE.code(), wanted(peer, offer(0)).getRefusal());
            assertEquals(
                    BlobRefusal.TOO_LARGE.code(),
                    wanted(peer, offer(Blob.MAX_LENGTH + 1)).getRefusal());
            assertEquals(BlobRefusal.TOO_LARGE.code(), wanted(peer, offer(-1)).getRefusal());
            peer.send(FromDevice.newBuilder()
                    .setBlobOffer(BlobOffer.newBuilder().setLength(5).setName(ByteString.copyFromUtf8("short")))
                    .build());
            assertEnds(peer, LinkFault.MALFORMED);
        }
    }

    @Test
    void part_beyond_the_credit_ends_the_connection() throws IOException {
        pictures.disk.drainPermits();
        try (RawPeer peer = greeted()) {
            BlobWanted answer = wanted(peer, offer(1_000_000));
            assertEquals(List.of(0, BlobServing.CREDIT), List.of(answer.getFrom(), answer.getCredit()));
            for (int from = 0; from <= BlobServing.CREDIT; from += BlobServing.PART) {
                peer.send(part(from, BlobServing.PART));
            }
            pictures.disk.release(3);
            for (int i = 0; i < 60; i++) {
                peer.send(part(9 * BlobServing.PART + i, 1));
            }
            assertEnds(peer, LinkFault.OVER_WINDOW);
            assertTrue(pictures.appended.get() <= BlobServing.CREDIT);
        }
        pictures.disk.release(1_000_000);
    }

    @Test
    void parts_unasked_empty_too_large_or_out_of_place_end_the_connection() throws IOException {
        List<FromDevice> wrong = new ArrayList<>(
                List.of(part(0, 0), part(0, BlobServing.PART + 1), part(1, 10), part(-1, 10), part(0, 1_001)));
        for (FromDevice each : wrong) {
            try (RawPeer peer = greeted()) {
                wanted(peer, offer(1_000));
                peer.send(each);
                assertEnds(peer, LinkFault.MALFORMED);
            }
        }
        try (RawPeer peer = greeted()) {
            peer.send(part(0, 10));
            assertEnds(peer, LinkFault.MALFORMED);
        }
        assertEquals(0, pictures.appended.get());
    }

    @Test
    void device_believes_no_answer_to_what_it_did_not_offer_and_none_beyond_its_picture() {
        List<FromDevice> sent = new ArrayList<>();
        BlobUpload upload = new BlobUpload(pictures, sent::add);
        BlobWanted.Builder stranger = BlobWanted.newBuilder().setName(ByteString.copyFrom(new byte[32]));
        assertThrows(LinkException.class, () -> upload.wanted(stranger.build()));
        Octets name = waiting(100);
        upload.pump();
        BlobWanted.Builder own = BlobWanted.newBuilder().setName(Wire.bytes(name));
        assertThrows(LinkException.class, () -> upload.wanted(own.setFrom(101).build()));
        assertThrows(LinkException.class, () -> upload.wanted(own.setFrom(-1).build()));
        assertThrows(
                LinkException.class,
                () -> upload.wanted(own.setFrom(0).setRefusal(99).build()));
        upload.wanted(own.setRefusal(0).setCredit(-5).build());
        assertEquals(1, sent.size(), "the offer only: a credit below nothing is none");
    }

    private RawPeer greeted() throws IOException {
        RawPeer peer = new RawPeer(DOOR, server.port());
        peer.send(RawPeer.hello(Estate.DOOR, 7));
        peer.read(FromBackend.MessageCase.WELCOME);
        return peer;
    }

    private static FromDevice offer(int length) {
        return FromDevice.newBuilder()
                .setBlobOffer(BlobOffer.newBuilder()
                        .setName(ByteString.copyFrom(new byte[32]))
                        .setLength(length))
                .build();
    }

    private static FromDevice part(int from, int length) {
        return FromDevice.newBuilder()
                .setBlobPart(BlobPart.newBuilder()
                        .setName(ByteString.copyFrom(new byte[32]))
                        .setFrom(from)
                        .setData(ByteString.copyFrom(new byte[length])))
                .build();
    }

    private static BlobWanted wanted(RawPeer peer, FromDevice offer) throws IOException {
        peer.send(offer);
        return peer.read(FromBackend.MessageCase.BLOB).getBlob();
    }

    private static void assertEnds(RawPeer peer, LinkFault fault) throws IOException {
        assertEquals(
                fault.code(),
                peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason());
        assertTrue(peer.isClosedByPeer());
    }
}
