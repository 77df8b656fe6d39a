package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.link.proto.AlarmCopy;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ListPull;
import io.zhitong.link.proto.TimeQuestion;
import io.zhitong.machinetls.MachinePeer;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that was taken over and sends as much as it can: what it takes from the backend, and from others, is bounded. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServerBoundsTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final DeviceAddress OTHER = DeviceAddress.of(1, 43);
    private static final int FLOOD = 400;

    private final Stalling handler = new Stalling(new RecordingHandler());
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final MemoryDevice other = new MemoryDevice(OTHER);
    private final LinkServer server = LinkServer.start(
            new LinkServerOptions(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Duration.ofSeconds(8),
                    2,
                    4,
                    Clock.systemUTC()),
            () -> BACKEND,
            handler);

    @AfterEach
    void stop() {
        handler.go.release(1_000_000);
        server.close();
    }

    private RawPeer greeted(MemoryDevice as) throws IOException {
        RawPeer peer = new RawPeer(ESTATE.device(as.address), server.port());
        peer.send(RawPeer.hello(as.address, as.journal.value()));
        peer.read(FromBackend.MessageCase.WELCOME);
        return peer;
    }

    private static FromDevice alarm(JournalRecord record) {
        return FromDevice.newBuilder()
                .setAlarm(AlarmCopy.newBuilder().setRecord(ByteString.copyFrom(record.encode())))
                .build();
    }

    private static FromDevice batch(JournalRecord record) {
        return FromDevice.newBuilder()
                .setEvents(EventBatch.newBuilder().addRecord(ByteString.copyFrom(record.encode())))
                .build();
    }

    private static FromDevice pull(SignedList list) {
        return FromDevice.newBuilder()
                .setList(ListPull.newBuilder()
                        .setKind(list.header().kind().code())
                        .setEpoch((int) list.header().version().epoch())
                        .setNumber(list.header().version().number()))
                .build();
    }

    @Test
    void flood_of_alarms_holds_up_nobody_else_and_no_more_than_a_few_wait() throws IOException {
        JournalRecord fire = device.append(EventKind.FIRE, 1);
        try (RawPeer flooding = greeted(device);
                RawPeer quiet = greeted(other)) {
            for (int i = 0; i < FLOOD; i++) {
                flooding.send(alarm(fire));
            }
            assertTrue(handler.stalled.tryAcquire(10, TimeUnit.SECONDS), "the first copy is being shown");
            quiet.send(batch(other.append(EventKind.ACCESS_GRANTED, 1)));
            assertEquals(
                    1, quiet.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
            flooding.send(batch(fire));
            assertEquals(
                    1, flooding.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
            handler.go.release(1_000_000);
            Poll.until("what waited is shown", () -> !handler.inner.alarms.isEmpty());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Poll.until("both are gone", () -> handler.inner.closed.size() == 2);
        assertTrue(handler.inner.alarms.size() <= ServerSession.MAX_COPIES + 1, "shown " + handler.inner.alarms.size());
        assertTrue(server.counters().of(LinkFault.OVER_WINDOW) > 0, "what was left out is counted");
    }

    @Test
    void device_that_asks_for_lists_and_does_not_wait_for_the_answers_is_closed() throws IOException {
        SignedList list = list();
        handler.inner.lists.put(ListKind.BLACKLIST, list);
        try (RawPeer peer = greeted(device)) {
            for (int i = 0; i <= ServerSession.WINDOW; i++) {
                peer.send(pull(list));
            }
            assertEquals(
                    LinkFault.OVER_WINDOW.code(),
                    peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason());
            assertTrue(peer.isClosedByPeer());
        }
    }

    @Test
    void device_that_asks_and_waits_may_ask_as_often_as_it_likes() throws IOException {
        SignedList list = list();
        handler.inner.lists.put(ListKind.BLACKLIST, list);
        handler.go.release(1_000_000);
        try (RawPeer peer = greeted(device)) {
            for (int i = 0; i < 20; i++) {
                peer.send(pull(list));
                assertEquals(
                        2, peer.read(FromBackend.MessageCase.LIST).getList().getRecordCount());
            }
        }
    }

    @Test
    void device_that_does_not_read_what_it_asked_for_is_not_read_either() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ServerCore core = new ServerCore(handler, Runnable::run, Clock.systemUTC(), 4);
        ServerSession session = new ServerSession(core, channel, session());
        writable(channel, false);
        session.writabilityChanged();
        assertFalse(channel.config().isAutoRead(), "what it has sent already is in the socket and stays there");
        session.receive(FromDevice.newBuilder()
                .setTime(TimeQuestion.newBuilder().setSent(1))
                .build());
        assertFalse(channel.config().isAutoRead());
        writable(channel, true);
        session.writabilityChanged();
        assertTrue(channel.config().isAutoRead());
    }

    private static void writable(EmbeddedChannel channel, boolean writable) {
        Objects.requireNonNull(channel.unsafe().outboundBuffer()).setUserDefinedWritability(1, writable);
    }

    private LinkSession session() {
        return new LinkSession(
                1,
                Estate.DOOR,
                MachinePeer.of(ESTATE.identity(MachineRole.CONTROLLER, Estate.DOOR.certificateName())
                        .chain()
                        .get(0)),
                new DeviceHello(device.journal, 0, 0, Octets.zeros(16), "raw", List.of(), Optional.empty()),
                Instant.EPOCH,
                "embedded");
    }

    private static SignedList list() {
        return SignedList.sign(
                new ListTarget(
                        Estate.DOOR.community(),
                        Estate.DOOR.device(),
                        ListKind.BLACKLIST,
                        new ListVersion(1, 1),
                        1_790_000_000L),
                List.of(
                        new BlacklistRecord(new CredentialNumber(1), CredentialStatus.LOST),
                        new BlacklistRecord(new CredentialNumber(2), CredentialStatus.LOST)),
                ESTATE.policy.publicKey(),
                message -> Sm2.sign(ESTATE.policy, message, RandomSource.secure()));
    }

    /** Shows alarms and reads lists only when it is let. */
    private static final class Stalling implements LinkHandler {

        private final RecordingHandler inner;
        private final Semaphore go = new Semaphore(0);
        private final Semaphore stalled = new Semaphore(0);

        Stalling(RecordingHandler inner) {
            this.inner = inner;
        }

        private void stall() {
            stalled.release();
            try {
                if (!go.tryAcquire(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("not let go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Greeting hello(LinkSession session) {
            return inner.hello(session);
        }

        @Override
        public void heartbeat(LinkSession session, DeviceStatus status) {
            inner.heartbeat(session, status);
        }

        @Override
        public Watermark events(LinkSession session, List<JournalRecord> records) {
            return inner.events(session, records);
        }

        @Override
        public void alarm(LinkSession session, JournalRecord copy) {
            stall();
            inner.alarm(session, copy);
        }

        @Override
        public Optional<SignedList> list(LinkSession session, ListKind kind) {
            stall();
            return inner.list(session, kind);
        }

        @Override
        public void answered(LinkSession session, CommandAnswer answer) {
            inner.answered(session, answer);
        }

        @Override
        public void closed(LinkSession session, CloseReason reason) {
            inner.closed(session, reason);
        }
    }
}
