package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.link.proto.AlarmCopy;
import io.zhitong.link.proto.CommandReply;
import io.zhitong.link.proto.EventBatch;
import io.zhitong.link.proto.FromBackend;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.ListPull;
import io.zhitong.machinetls.MachineTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server says and does when a device, or the backend behind it, does not behave. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkFaultsTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final MachineTls DOOR = ESTATE.device(Estate.DOOR);

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private LinkServer server = start(10, handler);

    private static LinkServer start(int maxConnections, LinkHandler handler) {
        return LinkServer.start(
                new LinkServerOptions(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Duration.ofSeconds(8),
                        4,
                        maxConnections,
                        Clock.systemUTC()),
                () -> BACKEND,
                handler);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawPeer greeted() throws IOException {
        RawPeer peer = new RawPeer(DOOR, server.port());
        peer.send(RawPeer.hello(Estate.DOOR, device.journal.value()));
        peer.read(FromBackend.MessageCase.WELCOME);
        return peer;
    }

    private static FromDevice batch(byte[]... records) {
        EventBatch.Builder batch = EventBatch.newBuilder();
        for (byte[] record : records) {
            batch.addRecord(ByteString.copyFrom(record));
        }
        return FromDevice.newBuilder().setEvents(batch).build();
    }

    private static int refusal(RawPeer peer) throws IOException {
        return peer.read(FromBackend.MessageCase.REFUSED).getRefused().getReason();
    }

    @Test
    void malformed_batches_are_refused_and_do_not_use_up_the_window_of_good_ones() throws IOException {
        JournalRecord good = device.append(EventKind.ACCESS_GRANTED, 10);
        try (RawPeer peer = greeted()) {
            for (int i = 0; i < 6; i++) {
                peer.send(i % 2 == 0 ? batch(new byte[] {1, 2, 3}) : batch());
                assertEquals(LinkFault.MALFORMED.code(), refusal(peer));
            }
            peer.send(batch(good.encode()));
            assertEquals(
                    1, peer.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
        assertEquals(List.of(good), handler.stored);
    }

    @Test
    void list_the_backend_does_not_have_is_refused_by_name_and_the_connection_stays() throws IOException {
        try (RawPeer peer = greeted()) {
            for (int version = 1; version <= 2; version++) {
                peer.send(FromDevice.newBuilder()
                        .setList(ListPull.newBuilder()
                                .setKind(ListKind.ACCESS.code())
                                .setEpoch(1)
                                .setNumber(version))
                        .build());
                assertEquals(LinkFault.NO_SUCH_LIST.code(), refusal(peer));
            }
        }
        assertEquals(2, server.counters().of(LinkFault.NO_SUCH_LIST));
    }

    @Test
    void handler_that_fails_ends_its_own_session_and_no_other() throws IOException {
        device.append(EventKind.ACCESS_GRANTED, 10);
        RecordingHandler failing = new RecordingHandler();
        server.close();
        server = start(10, new Failing(failing));
        try (RawPeer peer = greeted()) {
            peer.send(batch(device.records.get(0).encode()));
            assertTrue(peer.isClosedByPeer());
        }
        Poll.until("the end is told", () -> failing.closed.contains(CloseReason.HANDLER_FAILED));
        try (RawPeer next = greeted()) {
            next.send(FromDevice.newBuilder()
                    .setAlarm(AlarmCopy.newBuilder()
                            .setRecord(ByteString.copyFrom(
                                    device.append(EventKind.FIRE, 1).encode())))
                    .build());
            Poll.until("the alarm is shown", () -> failing.alarms.size() == 1);
        }
    }

    /** Cannot store events. */
    private record Failing(RecordingHandler inner) implements LinkHandler {

        @Override
        public Greeting hello(LinkSession session) {
            return inner.hello(session);
        }

        @Override
        public void heartbeat(LinkSession session, DeviceStatus status) {
            inner.heartbeat(session, status);
        }

        @Override
        public io.zhitong.accessmodel.Watermark events(LinkSession session, List<JournalRecord> records) {
            throw new IllegalStateException("planted: the database does not answer");
        }

        @Override
        public void alarm(LinkSession session, JournalRecord copy) {
            inner.alarm(session, copy);
        }

        @Override
        public java.util.Optional<io.zhitong.accessmodel.SignedList> list(LinkSession session, ListKind kind) {
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

    @Test
    void fault_and_stop_are_told_to_the_handler_as_such() throws IOException {
        try (RawPeer peer = greeted()) {
            peer.send(0, new byte[] {1});
            assertTrue(peer.isClosedByPeer());
            Poll.until("closed by a fault", () -> handler.closed.contains(CloseReason.FAULT));
        }
        try (RawPeer peer = greeted()) {
            server.close();
            assertTrue(peer.isClosedByPeer());
        }
        Poll.until("closed by the stop", () -> handler.closed.contains(CloseReason.STOPPED));
    }

    @Test
    void connection_above_the_limit_is_closed_counted_and_makes_room_for_nobody() throws IOException {
        server.close();
        server = start(1, handler);
        try (RawPeer first = greeted()) {
            assertThrows(IOException.class, () -> {
                try (RawPeer second = new RawPeer(DOOR, server.port())) {
                    second.send(RawPeer.hello(Estate.DOOR, 5));
                    second.read();
                }
            });
            assertEquals(1, server.counters().of(LinkFault.BUSY));
            JournalRecord record = device.append(EventKind.ACCESS_GRANTED, 1);
            first.send(batch(record.encode()));
            assertEquals(
                    1, first.read(FromBackend.MessageCase.EVENTS).getEvents().getSequence());
        }
        Poll.until("the place is free again", () -> {
            try (RawPeer third = greeted()) {
                third.send(batch(new byte[] {1}));
                return true;
            } catch (IOException stillTaken) {
                return false;
            }
        });
    }

    private SignedCommand command(int key) {
        byte[] idempotency = new byte[16];
        idempotency[0] = (byte) key;
        return new SignedCommand(
                new CommandOrder(
                        Estate.DOOR.community(),
                        Estate.DOOR.device(),
                        device.journal,
                        Octets.zeros(16),
                        CommandKind.SALE_CANCEL,
                        new PointId(1),
                        0,
                        Long.MAX_VALUE,
                        Octets.of(idempotency),
                        Octets.EMPTY,
                        "",
                        ""),
                Octets.zeros(64));
    }

    private static LinkFault fault(CompletableFuture<CommandAnswer> answer) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(LinkException.class, failed.getCause()).fault();
    }

    @Test
    void sixty_fifth_unanswered_command_is_busy_and_the_others_fail_with_the_connection() throws IOException {
        List<CommandDelivery> sent;
        try (RawPeer peer = greeted()) {
            sent = java.util.stream.IntStream.range(0, 64)
                    .mapToObj(key -> server.send(command(key)))
                    .toList();
            assertEquals(LinkFault.BUSY, fault(server.send(command(64)).accepted()));
            peer.read(FromBackend.MessageCase.COMMAND);
        }
        for (CommandDelivery delivery : sent) {
            assertEquals(LinkFault.CONNECTION, fault(delivery.executed()));
        }
    }

    @Test
    void command_sent_twice_under_one_key_answers_both_who_wait() throws Exception {
        try (RawPeer peer = greeted()) {
            CommandDelivery first = server.send(command(1));
            CommandDelivery again = server.send(command(1));
            peer.read(FromBackend.MessageCase.COMMAND);
            peer.send(reply(command(1), CommandAnswer.Stage.EXECUTED));
            assertEquals(
                    CommandAnswer.Stage.EXECUTED,
                    first.executed().get(10, TimeUnit.SECONDS).stage());
            assertEquals(
                    CommandAnswer.Stage.EXECUTED,
                    again.executed().get(10, TimeUnit.SECONDS).stage());
        }
    }

    private static FromDevice reply(SignedCommand command, CommandAnswer.Stage stage) {
        return FromDevice.newBuilder()
                .setCommand(CommandReply.newBuilder()
                        .setIdempotencyKey(ByteString.copyFrom(
                                command.order().idempotencyKey().toByteArray()))
                        .setStage(stage.code()))
                .build();
    }

    @Test
    void sensed_comes_after_executed_and_an_answer_nobody_waits_for_is_still_told() throws Exception {
        try (RawPeer peer = greeted()) {
            CommandDelivery delivery = server.send(command(3));
            peer.send(reply(command(3), CommandAnswer.Stage.ACCEPTED));
            assertEquals(
                    CommandAnswer.Stage.ACCEPTED,
                    delivery.accepted().get(10, TimeUnit.SECONDS).stage());
            assertTrue(!delivery.executed().isDone());
            peer.send(reply(command(3), CommandAnswer.Stage.EXECUTED));
            peer.send(reply(command(3), CommandAnswer.Stage.SENSED));
            peer.send(reply(command(9), CommandAnswer.Stage.EXECUTED));
            delivery.executed().get(10, TimeUnit.SECONDS);
            Poll.until("all four told", () -> handler.answers.size() == 4);
            assertEquals(CommandAnswer.Stage.SENSED, handler.answers.get(2).stage());
        }
    }

    @Test
    void truncation_of_a_hello_at_every_length_opens_no_session() throws IOException {
        byte[] hello = RawPeer.hello(Estate.DOOR, device.journal.value()).toByteArray();
        for (int length = 1; length < hello.length; length += 3) {
            try (RawPeer peer = new RawPeer(DOOR, server.port())) {
                peer.send(length, java.util.Arrays.copyOf(hello, length));
                FromBackend answer = peer.read();
                assertEquals(FromBackend.MessageCase.REFUSED, answer.getMessageCase(), "length " + length);
            }
        }
        assertTrue(server.session(Estate.DOOR).isEmpty());
    }
}
