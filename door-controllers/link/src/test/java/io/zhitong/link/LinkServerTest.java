package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkServerTest {

    private static final Estate ESTATE = new Estate();

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private LinkServer server = start(Duration.ofSeconds(8));

    private LinkServer start(Duration silence) {
        MachineTls tls = ESTATE.backend();
        return LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withSilence(silence),
                () -> tls,
                handler);
    }

    @BeforeEach
    void journal() {
        for (int i = 0; i < 5; i++) {
            device.append(EventKind.ACCESS_GRANTED, 10);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawPeer greeted() throws IOException {
        RawPeer peer = new RawPeer(ESTATE.device(Estate.DOOR), server.port());
        peer.send(RawPeer.hello(Estate.DOOR, device.journal.value()));
        peer.read(FromBackend.MessageCase.WELCOME);
        return peer;
    }

    private FromDevice batch(List<JournalRecord> records) {
        return FromDevice.newBuilder()
                .setEvents(EventBatch.newBuilder()
                        .addAllRecord(records.stream()
                                .map(record -> ByteString.copyFrom(record.encode()))
                                .toList()))
                .build();
    }

    private int refusal(RawPeer peer) throws IOException {
        return peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason();
    }

    @Test
    void device_written_from_the_specification_uploads_and_is_acknowledged_with_the_chain_hash() throws IOException {
        try (RawPeer peer = greeted()) {
            peer.send(batch(device.records));
            FromBackend stored = peer.read(FromBackend.MessageCase.EVENTS);
            assertEquals(5, stored.getEvents().getSequence());
            assertEquals(
                    device.records.get(4).hash(),
                    io.zhitong.accessmodel.Hash.of(stored.getEvents().getHash().toByteArray()));
            assertEquals(device.records, handler.stored);
        }
        Poll.until("the handler hears of the end", () -> handler.closed.size() == 1);
        assertEquals(CloseReason.PEER_CLOSED, handler.closed.get(0));
    }

    @Test
    void nothing_is_acknowledged_before_the_commit() throws Exception {
        handler.commits.drainPermits();
        try (RawPeer peer = greeted()) {
            peer.send(batch(device.records));
            assertTrue(handler.arrived.tryAcquire(10, TimeUnit.SECONDS));
            peer.send(FromDevice.newBuilder()
                    .setTime(TimeQuestion.newBuilder().setSent(7))
                    .build());
            assertEquals(FromBackend.MessageCase.TIME, peer.read().getMessageCase());
            handler.commits.release();
            assertEquals(FromBackend.MessageCase.EVENTS, peer.read().getMessageCase());
        }
    }

    @Test
    void refused_batches_take_no_place_in_the_window() throws IOException {
        FromDevice unreadable = FromDevice.newBuilder()
                .setEvents(EventBatch.newBuilder().addRecord(ByteString.copyFrom(new byte[] {1})))
                .build();
        try (RawPeer peer = greeted()) {
            for (int i = 0; i < 6; i++) {
                peer.send(unreadable);
                assertEquals(LinkFault.MALFORMED.code(), refusal(peer));
            }
            peer.send(batch(device.records));
            assertEquals(
                    5, peer.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
    }

    @Test
    void fifth_batch_before_an_acknowledgement_ends_the_connection() throws IOException {
        handler.commits.drainPermits();
        try (RawPeer peer = greeted()) {
            for (JournalRecord record : device.records) {
                peer.send(batch(List.of(record)));
            }
            assertEquals(LinkFault.OVER_WINDOW.code(), refusal(peer));
            assertTrue(peer.isClosedByPeer());
        }
        handler.commits.release(100);
    }

    @Test
    void client_without_certificate_foreign_one_revoked_one_or_wrong_role_is_refused() throws IOException {
        PeerPolicy backend = PeerPolicy.of(ESTATE.authority.certificate(), MachineRole.BACKEND);
        assertRefused(MachineTls.client(MachineProfile.SM2, backend));
        Estate foreign = new Estate();
        assertRefused(MachineTls.mutual(foreign.identity(MachineRole.CONTROLLER, "1-42"), backend));
        MachineIdentity stolen = ESTATE.identity(MachineRole.CONTROLLER, "1-42");
        ESTATE.revoked.add(stolen.chain().get(0).getSerialNumber());
        assertRefused(ESTATE.device(stolen));
        assertRefused(ESTATE.device(ESTATE.identity(MachineRole.VAULT, "1-42")));
        Poll.until("four refused handshakes", () -> server.refusedHandshakes() == 4);
        assertTrue(handler.beats.isEmpty());
    }

    private void assertRefused(MachineTls tls) throws IOException {
        try (RawPeer peer = new RawPeer(tls, server.port())) {
            peer.send(RawPeer.hello(Estate.DOOR, 1));
            assertTrue(peer.isClosedByPeer());
        } catch (IOException handshakeRefused) {
            assertFalse(handshakeRefused instanceof java.net.ConnectException);
        }
    }

    @Test
    void revoking_a_certificate_ends_its_session() throws IOException {
        MachineIdentity identity = ESTATE.identity(MachineRole.CONTROLLER, "1-42");
        try (RawPeer peer = new RawPeer(ESTATE.device(identity), server.port())) {
            peer.send(RawPeer.hello(Estate.DOOR, 9));
            peer.read(FromBackend.MessageCase.WELCOME);
            server.dropRevoked(identity.chain().get(0).getSerialNumber()::equals);
            assertTrue(peer.isClosedByPeer());
        }
        Poll.until("closed", () -> handler.closed.contains(CloseReason.REVOKED));
    }

    @Test
    void plain_text_instead_of_tls_is_refused() throws IOException {
        try (Socket plain = new Socket("127.0.0.1", server.port())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
            while (plain.getInputStream().read() >= 0) {
                assertFalse(plain.isClosed());
            }
        } catch (java.net.SocketException reset) {
            assertFalse(reset instanceof java.net.ConnectException);
        }
        Poll.until("counted", () -> server.refusedHandshakes() == 1);
    }

    @Test
    void certificate_of_one_device_cannot_speak_for_another() throws IOException {
        try (RawPeer peer = new RawPeer(ESTATE.device(Estate.DOOR), server.port())) {
            peer.send(RawPeer.hello(DeviceAddress.of(1, 43), 1));
            assertEquals(LinkFault.OTHER_DEVICE.code(), refusal(peer));
            assertTrue(peer.isClosedByPeer());
        }
    }

    @Test
    void records_of_another_device_or_journal_or_with_a_broken_chain_end_the_connection() throws IOException {
        MemoryDevice other = new MemoryDevice(DeviceAddress.of(1, 43));
        assertBatchRefused(LinkFault.OTHER_DEVICE, List.of(other.append(EventKind.ACCESS_GRANTED, 1)));
        MemoryDevice otherJournal = new MemoryDevice(Estate.DOOR);
        assertBatchRefused(LinkFault.OTHER_JOURNAL, List.of(otherJournal.append(EventKind.ACCESS_GRANTED, 1)));
        assertBatchRefused(LinkFault.BROKEN_CHAIN, List.of(device.records.get(1), device.records.get(0)));
        assertBatchRefused(LinkFault.BROKEN_CHAIN, List.of(device.records.get(0), device.records.get(0)));
        assertTrue(handler.stored.isEmpty());
    }

    private void assertBatchRefused(LinkFault fault, List<JournalRecord> records) throws IOException {
        try (RawPeer peer = greeted()) {
            peer.send(batch(records));
            assertEquals(fault.code(), refusal(peer));
            assertTrue(peer.isClosedByPeer());
        }
    }

    @Test
    void unknown_message_and_nonsense_are_refused_and_the_connection_stays() throws IOException {
        try (RawPeer peer = greeted()) {
            peer.send(3, new byte[] {(byte) 0xF2, 0x7F, 0}); // field 2046, empty: a message of a later version
            assertEquals(LinkFault.UNKNOWN_MESSAGE.code(), refusal(peer));
            peer.send(2, new byte[] {(byte) 0xFF, (byte) 0xFF});
            assertEquals(LinkFault.MALFORMED.code(), refusal(peer));
            peer.send(batch(device.records));
            assertEquals(
                    5, peer.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
        assertEquals(1, server.counters().of(LinkFault.UNKNOWN_MESSAGE));
        assertEquals(1, server.counters().of(LinkFault.MALFORMED));
    }

    @Test
    void frame_of_length_zero_or_above_16384_ends_the_connection() throws IOException {
        for (int length : new int[] {0, 16_385, 65_535}) {
            try (RawPeer peer = greeted()) {
                peer.send(length, new byte[] {1});
                assertEquals(LinkFault.WRONG_LENGTH.code(), refusal(peer));
                assertTrue(peer.isClosedByPeer());
            }
        }
        assertEquals(3, server.counters().of(LinkFault.WRONG_LENGTH));
    }

    @Test
    void message_before_hello_second_hello_and_other_version_end_the_connection() throws IOException {
        try (RawPeer peer = new RawPeer(ESTATE.device(Estate.DOOR), server.port())) {
            peer.send(batch(device.records));
            assertEquals(LinkFault.OUT_OF_TURN.code(), refusal(peer));
            assertTrue(peer.isClosedByPeer());
        }
        try (RawPeer peer = greeted()) {
            peer.send(RawPeer.hello(Estate.DOOR, 5));
            assertEquals(LinkFault.OUT_OF_TURN.code(), refusal(peer));
        }
        try (RawPeer peer = new RawPeer(ESTATE.device(Estate.DOOR), server.port())) {
            FromDevice.Builder later = RawPeer.hello(Estate.DOOR, 5).toBuilder();
            later.getHelloBuilder().setProtocol(2);
            peer.send(later.build());
            assertEquals(LinkFault.VERSION.code(), refusal(peer));
        }
    }

    @Test
    void newer_connection_of_a_device_replaces_the_older() throws IOException {
        try (RawPeer old = greeted();
                RawPeer young = greeted()) {
            assertTrue(old.isClosedByPeer());
            young.send(batch(device.records));
            assertEquals(
                    5, young.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
        Poll.until("both ended", () -> handler.closed.size() == 2);
        assertEquals(CloseReason.REPLACED, handler.closed.get(0));
    }

    @Test
    void silent_device_is_given_up() throws IOException {
        server.close();
        server = start(Duration.ofMillis(300));
        try (RawPeer peer = greeted()) {
            assertTrue(peer.isClosedByPeer());
        }
        Poll.until("closed", () -> handler.closed.contains(CloseReason.SILENT));
    }

    @Test
    void hundred_bad_messages_are_enough() throws IOException {
        try (RawPeer peer = greeted()) {
            for (int i = 0; i < 101; i++) {
                peer.send(2, new byte[] {(byte) 0xFF, (byte) 0xFF});
            }
            assertTrue(peer.isClosedByPeer());
        }
    }

    /** Every round is a handshake. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void random_frames_never_stop_the_server() throws IOException {
        Random random = new Random(44030001);
        for (int round = 0; round < Integer.getInteger("zhitong.rounds", 12); round++) {
            try (RawPeer peer = greeted()) {
                for (int i = 0; i < 20; i++) {
                    byte[] bytes = new byte[1 + random.nextInt(300)];
                    random.nextBytes(bytes);
                    if (random.nextBoolean()) {
                        byte[] good = batch(device.records).toByteArray();
                        good[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
                        bytes = good;
                    }
                    peer.send(bytes.length, bytes);
                }
            } catch (IOException closedByServer) {
                assertTrue(server.counters().total() > 0);
            }
        }
        // A turned bit in the last record's number is a gap that the device may state: the journal above is spent.
        MemoryDevice fresh = new MemoryDevice(Estate.DOOR);
        fresh.append(EventKind.ACCESS_GRANTED, 10);
        try (RawPeer peer = new RawPeer(ESTATE.device(Estate.DOOR), server.port())) {
            peer.send(RawPeer.hello(Estate.DOOR, fresh.journal.value()));
            peer.read(FromBackend.MessageCase.WELCOME);
            peer.send(batch(fresh.records));
            assertEquals(
                    1, peer.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
    }
}
