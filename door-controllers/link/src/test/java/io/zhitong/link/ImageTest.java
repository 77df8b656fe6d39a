package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ImagePart;
import io.zhitong.link.proto.ImagePull;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Updates on their way to a device. */
final class ImageTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final MachineTls DOOR = ESTATE.device(Estate.DOOR);

    private final RecordingHandler handler = new RecordingHandler();
    private final Disk disk = new Disk();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final LinkServer server = LinkServer.start(
            LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), () -> BACKEND, handler);

    /** The device's disk; what is on it outlives connections. */
    private static final class Disk implements ImageSink {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final AtomicReference<Optional<byte[]>> whole = new AtomicReference<>(Optional.empty());
        private final List<Long> places = new ArrayList<>();
        private Runnable atHalf = () -> {};

        void want(byte[] bundle) {
            whole.set(Optional.of(bundle));
        }

        @Override
        public synchronized Optional<Wanted> wanted() {
            return whole.get()
                    .filter(bundle -> content.size() < bundle.length)
                    .map(bundle -> new Wanted(name(bundle), bundle.length, content.size()));
        }

        @Override
        public synchronized void append(Wanted bundle, long from, byte[] data) {
            assertEquals(content.size(), from);
            places.add(from);
            content.writeBytes(data);
            if (content.size() >= bundle.size() / 2) {
                atHalf.run();
                atHalf = () -> {};
            }
        }

        synchronized byte[] content() {
            return content.toByteArray();
        }
    }

    private static Hash name(byte[] bundle) {
        return Hash.of(Sm3.hash(bundle));
    }

    private static byte[] bundle(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] kept(int length) {
        byte[] bytes = bundle(length);
        handler.images.put(name(bytes), bytes);
        return bytes;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LinkClient connect() {
        LinkDevice base = device.on(ESTATE);
        return LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)),
                () -> DOOR,
                new LinkDevice(
                        base.address(),
                        base.software(),
                        base.policyKey(),
                        base.commandKey(),
                        base.journal(),
                        base.lists(),
                        base.commands(),
                        base.monitor(),
                        base.renewal(),
                        base.checkpoints(),
                        base.blobs(),
                        disk));
    }

    @Test
    void bundle_arrives_whole_and_events_pass_it() {
        byte[] bundle = kept(1_500_000);
        try (LinkClient client = connect()) {
            Poll.until("greeted", client::connected);
            disk.want(bundle);
            client.wake();
            device.append(EventKind.ACCESS_GRANTED, 40);
            client.wake();
            Poll.until("whole", () -> disk.content().length == bundle.length);
            Poll.until("stored", () -> device.acknowledged.get() == 1);
        }
        assertArrayEquals(bundle, disk.content());
    }

    @Test
    void bundle_cut_on_its_way_goes_on_where_it_was_and_nothing_comes_twice() {
        byte[] bundle = kept(400_001);
        disk.want(bundle);
        AtomicReference<LinkClient> own = new AtomicReference<>();
        disk.atHalf = () -> Optional.ofNullable(own.get()).ifPresent(client -> client.dropRevoked(serial -> true));
        try (LinkClient client = connect()) {
            own.set(client);
            Poll.until("whole", () -> disk.content().length == bundle.length);
        }
        assertArrayEquals(bundle, disk.content());
        assertEquals(disk.places.stream().distinct().count(), disk.places.size());
    }

    @Test
    void bundle_that_the_backend_does_not_have_is_asked_for_once_a_connection() {
        byte[] bundle = bundle(100_000);
        disk.want(bundle);
        try (LinkClient client = connect()) {
            Poll.until("asked", () -> handler.imagePulls.get() == 1);
            client.wake();
            device.append(EventKind.ACCESS_GRANTED, 40);
            client.wake();
            Poll.until("stored", () -> device.acknowledged.get() == 1);
            assertEquals(1, handler.imagePulls.get());
            handler.images.put(name(bundle), bundle);
            client.dropRevoked(serial -> true);
            Poll.until("fetched in the next one", () -> disk.content().length == bundle.length);
        }
    }

    @Test
    void questions_too_large_for_nothing_or_for_no_name_are_refused_and_the_connection_stays() throws IOException {
        try (RawPeer peer = greeted()) {
            for (ImagePull wrong : List.of(
                    pull(32, 0, 0),
                    pull(32, 0, ImageServing.MOST + 1),
                    pull(32, 0, -1),
                    pull(32, -1, 10),
                    pull(31, 0, 10),
                    pull(0, 0, 10))) {
                peer.send(FromDevice.newBuilder().setImage(wrong).build());
                assertEquals(
                        LinkFault.MALFORMED.code(),
                        peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason());
            }
            peer.send(FromDevice.newBuilder().setImage(pull(32, 0, 10)).build());
            assertTrue(peer.read(FromBackend.MessageCase.IMAGE)
                    .getImage()
                    .getData()
                    .isEmpty());
        }
    }

    @Test
    void second_question_before_the_answer_ends_the_connection() throws Exception {
        handler.commits.drainPermits();
        byte[] bundle = kept(100_000);
        handler.slowImages = true;
        try (RawPeer peer = greeted()) {
            for (int i = 0; i < 2; i++) {
                peer.send(FromDevice.newBuilder()
                        .setImage(ImagePull.newBuilder()
                                .setBundle(Wire.bytes(name(bundle).value()))
                                .setLength(10))
                        .build());
            }
            assertEquals(
                    LinkFault.OVER_WINDOW.code(),
                    peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason());
            assertTrue(peer.isClosedByPeer());
        } finally {
            handler.commits.release(1_000);
        }
    }

    @Test
    void device_believes_no_part_that_it_did_not_ask_for_or_that_does_not_follow() {
        byte[] bundle = bundle(20_000);
        disk.want(bundle);
        List<FromDevice> sent = new ArrayList<>();
        ImageFetch fetch = new ImageFetch(disk, sent::add);
        ImagePart.Builder own = ImagePart.newBuilder()
                .setBundle(Wire.bytes(name(bundle).value()))
                .setData(ByteString.copyFrom(bundle, 0, 8_192));
        assertThrows(LinkException.class, () -> fetch.part(own.build()), "unasked");
        fetch.pump();
        fetch.pump();
        assertEquals(1, sent.size(), "one question");
        assertEquals(20_000, sent.get(0).getImage().getLength());
        assertThrows(
                LinkException.class, () -> fetch.part(own.clone().setFrom(1).build()));
        assertThrows(
                LinkException.class,
                () -> fetch.part(
                        own.clone().setBundle(ByteString.copyFrom(new byte[32])).build()));
        assertThrows(
                LinkException.class,
                () -> fetch.part(own.clone()
                        .setData(ByteString.copyFrom(new byte[8_193]))
                        .build()));
        fetch.part(own.build());
        fetch.part(own.setFrom(8_192)
                .setData(ByteString.copyFrom(bundle, 8_192, 8_192))
                .build());
        assertThrows(
                LinkException.class,
                () -> fetch.part(own.clone().setFrom(16_384).build()),
                "more than was asked");
        fetch.part(own.setFrom(16_384)
                .setData(ByteString.copyFrom(bundle, 16_384, 3_616))
                .build());
        assertArrayEquals(bundle, disk.content());
        assertEquals(1, sent.size());
    }

    private static ImagePull pull(int name, long from, int length) {
        return ImagePull.newBuilder()
                .setBundle(ByteString.copyFrom(new byte[name]))
                .setFrom(from)
                .setLength(length)
                .build();
    }

    private RawPeer greeted() throws IOException {
        RawPeer peer = new RawPeer(DOOR, server.port());
        peer.send(RawPeer.hello(Estate.DOOR, 7));
        peer.read(FromBackend.MessageCase.WELCOME);
        return peer;
    }
}
