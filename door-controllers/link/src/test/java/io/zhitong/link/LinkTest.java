package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.machinetls.MachineTls;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends together; each end alone is judged by {@link LinkServerTest}'s raw peer and by the unit tests. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LinkTest {

    private static final Estate ESTATE = new Estate();
    private static final MachineTls BACKEND = ESTATE.backend();
    private static final MachineTls DOOR = ESTATE.device(Estate.DOOR);

    private final RecordingHandler handler = new RecordingHandler();
    private final MemoryDevice device = new MemoryDevice(Estate.DOOR);
    private final List<AutoCloseable> open = new ArrayList<>();
    private LinkServer server = serve(0);

    private LinkServer serve(int port) {
        return LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                () -> BACKEND,
                handler);
    }

    private LinkClient connect() {
        LinkClient client = LinkClient.start(
                LinkClientOptions.to(new InetSocketAddress("127.0.0.1", server.port()))
                        .withHeartbeat(Duration.ofMillis(100))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(200)),
                () -> DOOR,
                device.on(ESTATE));
        open.add(client);
        return client;
    }

    private LinkClient connected() {
        LinkClient client = connect();
        Poll.until(
                "time is known",
                () -> client.connected() && client.backendMillis().isPresent());
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    @Test
    void many_records_arrive_once_and_in_order() {
        for (int i = 0; i < 2_000; i++) {
            device.append(EventKind.ACCESS_GRANTED, 40);
        }
        connected();
        Poll.until("all acknowledged", () -> device.acknowledged.get() == 2_000);
        assertEquals(device.records, handler.stored);
    }

    @Test
    void each_new_place_of_the_vaults_audit_is_told_once_a_connection_and_said_in_the_next_hello() throws Exception {
        LinkClient client = connected();
        Octets first = Octets.of(Arrays.copyOf(new byte[] {1}, CheckpointKeeper.LENGTH));
        Octets second = Octets.zeros(CheckpointKeeper.LENGTH);
        handler.checkpoint.set(Optional.of(first));
        Poll.until("told", () -> device.checkpoints.equals(List.of(first)));
        int before = handler.beats.size();
        Poll.until("more heartbeats", () -> handler.beats.size() > before + 3);
        handler.checkpoint.set(Optional.of(second));
        Poll.until("told", () -> device.checkpoints.equals(List.of(first, second)));
        client.close();
        connected();
        int again = handler.beats.size();
        Poll.until("more heartbeats", () -> handler.beats.size() > again + 3);
        assertEquals(List.of(Optional.empty(), Optional.of(second)), handler.said);
        assertEquals(List.of(first, second), device.checkpoints, "who has it is not told again");
    }

    @Test
    void record_written_while_connected_is_sent_at_once() {
        LinkClient client = connected();
        device.append(EventKind.ACCESS_DENIED, 40);
        client.wake();
        Poll.until("acknowledged", () -> device.acknowledged.get() == 1);
    }

    @Test
    void connection_cut_mid_batch_loses_and_doubles_nothing() throws Exception {
        for (int i = 0; i < 600; i++) {
            device.append(EventKind.ACCESS_GRANTED, 100);
        }
        handler.commits.drainPermits();
        connect();
        assertTrue(handler.arrived.tryAcquire(20, TimeUnit.SECONDS));
        int port = server.port();
        handler.commits.release(2);
        server.close();
        handler.commits.release(100_000);
        server = serve(port);
        Poll.until("all acknowledged", () -> device.acknowledged.get() == 600);
        assertEquals(600, handler.stored.size());
        assertEquals(
                600,
                new HashSet<>(handler.stored.stream()
                                .map(JournalRecord::sequence)
                                .toList())
                        .size());
    }

    @Test
    void backend_restored_to_an_older_watermark_gets_the_acknowledged_records_again() {
        for (int i = 0; i < 20; i++) {
            device.append(EventKind.ACCESS_GRANTED, 10);
        }
        connected();
        Poll.until("all acknowledged", () -> device.acknowledged.get() == 20);
        int port = server.port();
        server.close();
        handler.watermarks.put(device.journal, device.records.get(9).watermark());
        handler.stored.clear();
        server = serve(port);
        Poll.until("sent again", () -> handler.stored.size() == 10);
        assertEquals(device.records.subList(10, 20), handler.stored);
    }

    @Test
    void watermark_of_another_history_is_refused_and_nothing_is_sent() {
        device.append(EventKind.ACCESS_GRANTED, 10);
        device.append(EventKind.ACCESS_GRANTED, 10);
        MemoryDevice twin = new MemoryDevice(Estate.DOOR);
        handler.watermarks.put(
                device.journal,
                new io.zhitong.accessmodel.Watermark(
                        device.journal, 1, twin.append(EventKind.DURESS, 3).hash()));
        LinkClient client = connect();
        Poll.until("refused", () -> client.counters().of(LinkFault.BROKEN_CHAIN) > 1);
        assertTrue(handler.stored.isEmpty());
        assertEquals(0, device.connections.get(), "such a backend is no success that would set the back-off back");
    }

    @Test
    void alarm_copy_overtakes_a_backend_that_is_busy_storing() throws Exception {
        handler.commits.drainPermits();
        device.append(EventKind.ACCESS_GRANTED, 10);
        LinkClient client = connected();
        assertTrue(handler.arrived.tryAcquire(20, TimeUnit.SECONDS));
        JournalRecord alarm = device.append(EventKind.FORCED_OPEN, 10);
        client.alarm(alarm);
        Poll.until("the copy is shown", () -> handler.alarms.contains(alarm));
        assertTrue(handler.stored.isEmpty());
        handler.commits.release(100);
        Poll.until("the record follows", () -> handler.stored.contains(alarm) || wake(client));
    }

    private static boolean wake(LinkClient client) {
        client.wake();
        return false;
    }

    @Test
    void heartbeats_come_and_the_backend_time_is_known_to_a_few_milliseconds() {
        LinkClient client = connected();
        Poll.until("three heartbeats", () -> handler.beats.size() >= 3);
        assertTrue(device.timeError.get() < 1_000);
        assertTrue(Math.abs(client.backendMillis().orElseThrow() - System.currentTimeMillis()) < 2_000);
    }

    private SignedList blacklist(DeviceAddress address, long number, int count, Sm2PrivateKey key) {
        return SignedList.sign(
                new ListTarget(
                        address.community(), address.device(), ListKind.BLACKLIST, new ListVersion(1, number), 1),
                IntStream.range(0, count)
                        .mapToObj(i -> new BlacklistRecord(
                                new CredentialNumber(i + 1L),
                                i == number ? CredentialStatus.CANCELLED : CredentialStatus.LOST))
                        .toList(),
                key.publicKey(),
                message -> Sm2.sign(key, message, RandomSource.secure()));
    }

    @Test
    void list_is_fetched_at_hello_and_only_the_difference_after_an_offer() {
        handler.lists.put(ListKind.BLACKLIST, blacklist(Estate.DOOR, 1, 5_000, ESTATE.policy));
        connected();
        Poll.until("version 1 held", () -> device.held(ListKind.BLACKLIST).isPresent());
        SignedList second = blacklist(Estate.DOOR, 2, 5_001, ESTATE.policy);
        handler.lists.put(ListKind.BLACKLIST, second);
        server.offer(second.header());
        Poll.until("version 2 held", () -> heldVersion() == 2);
        assertEquals(
                second.records(), device.held(ListKind.BLACKLIST).orElseThrow().records());
        Poll.until(
                "its root is in the heartbeat",
                () -> handler.beats.stream()
                        .anyMatch(beat -> beat.lists().stream()
                                .anyMatch(state ->
                                        state.root().equals(second.header().root()))));
    }

    private long heldVersion() {
        return device.held(ListKind.BLACKLIST)
                .map(list -> list.header().version().number())
                .orElse(0L);
    }

    @Test
    void empty_list_replaces_a_full_one() {
        handler.lists.put(ListKind.BLACKLIST, blacklist(Estate.DOOR, 1, 3, ESTATE.policy));
        connected();
        Poll.until("version 1 held", () -> heldVersion() == 1);
        SignedList empty = blacklist(Estate.DOOR, 2, 0, ESTATE.policy);
        handler.lists.put(ListKind.BLACKLIST, empty);
        server.offer(empty.header());
        Poll.until("version 2 held", () -> heldVersion() == 2);
        assertEquals(0, device.held(ListKind.BLACKLIST).orElseThrow().header().count());
    }

    @Test
    void list_of_another_device_old_version_or_foreign_key_is_refused_and_the_link_stays() {
        handler.lists.put(ListKind.BLACKLIST, blacklist(Estate.DOOR, 5, 3, ESTATE.policy));
        LinkClient client = connected();
        Poll.until("version 5 held", () -> heldVersion() == 5);
        server.offer(blacklist(Estate.DOOR, 4, 3, ESTATE.policy).header());
        server.offer(blacklist(Estate.DOOR, 6, 3, Sm2PrivateKey.generate(RandomSource.secure()))
                .header());
        Poll.until("both refused", () -> device.refusals.size() == 2);
        assertEquals(List.of(ListRefusal.VERSION_NOT_HIGHER, ListRefusal.UNKNOWN_KEY), device.refusals);
        handler.lists.put(ListKind.BLACKLIST, blacklist(DeviceAddress.of(1, 43), 7, 3, ESTATE.policy));
        client.close();
        connected();
        Poll.until("refused", () -> device.refusals.contains(ListRefusal.OTHER_DEVICE));
        assertEquals(5, heldVersion());
    }

    @Test
    void records_that_do_not_match_the_signed_root_are_refused() {
        SignedList honest = blacklist(Estate.DOOR, 1, 3, ESTATE.policy);
        SignedList forged = blacklist(Estate.DOOR, 1, 3, Sm2PrivateKey.generate(RandomSource.secure()));
        SignedList other = SignedList.sign(
                new ListTarget(
                        Estate.DOOR.community(), Estate.DOOR.device(), ListKind.BLACKLIST, new ListVersion(1, 1), 1),
                List.of(
                        new BlacklistRecord(new CredentialNumber(7), CredentialStatus.LOST),
                        new BlacklistRecord(new CredentialNumber(8), CredentialStatus.LOST),
                        new BlacklistRecord(new CredentialNumber(9), CredentialStatus.LOST)),
                ESTATE.policy.publicKey(),
                message -> new byte[64]);
        assertEquals(forged.header().root(), honest.header().root());
        handler.lists.put(ListKind.BLACKLIST, other);
        connected();
        server.offer(honest.header());
        Poll.until("refused", () -> device.refusals.contains(ListRefusal.WRONG_ROOT));
        assertTrue(device.held(ListKind.BLACKLIST).isEmpty());
    }

    private CommandOrder order(long expiryFromNow, Octets nonce, int key) {
        byte[] idempotency = new byte[16];
        idempotency[15] = (byte) key;
        long now = System.currentTimeMillis();
        return new CommandOrder(
                Estate.DOOR.community(),
                Estate.DOOR.device(),
                device.journal,
                nonce,
                CommandKind.OPEN,
                new PointId(1),
                now - 60_000,
                now + expiryFromNow,
                Octets.of(idempotency),
                Octets.EMPTY,
                "值班员",
                "忘带卡");
    }

    private CommandAnswer answer(CommandOrder order, Sm2PrivateKey key) throws Exception {
        SignedCommand command = SignedCommand.sign(order, message -> Sm2.sign(key, message, RandomSource.secure()));
        return server.send(command).executed().get(20, TimeUnit.SECONDS);
    }

    private Octets nonce() {
        return server.session(Estate.DOOR).orElseThrow().hello().nonce();
    }

    @Test
    void signed_command_is_carried_out_once() throws Exception {
        connected();
        CommandOrder order = order(10_000, nonce(), 1);
        assertEquals(CommandAnswer.Stage.EXECUTED, answer(order, ESTATE.command).stage());
        assertEquals(CommandRefusal.DUPLICATE, answer(order, ESTATE.command).refusal());
        assertEquals(List.of(order), device.executed);
        Poll.until("handler saw all three", () -> handler.answers.size() == 3);
        assertEquals(CommandAnswer.Stage.ACCEPTED, handler.answers.get(0).stage());
    }

    @Test
    void late_forged_or_replayed_command_is_refused_by_name_and_opens_nothing() throws Exception {
        connected();
        assertEquals(
                CommandRefusal.EXPIRED,
                answer(order(-1_000, nonce(), 1), ESTATE.command).refusal());
        assertEquals(
                CommandRefusal.WRONG_SIGNATURE,
                answer(order(9_000, nonce(), 2), ESTATE.policy).refusal());
        assertEquals(
                CommandRefusal.WRONG_NONCE,
                answer(order(9_000, Octets.zeros(16), 3), ESTATE.command).refusal());
        assertTrue(device.executed.isEmpty());
    }

    @Test
    void command_for_a_device_that_is_not_there_fails_at_once() {
        CommandDelivery delivery =
                server.send(SignedCommand.sign(order(9_000, Octets.zeros(16), 1), message -> new byte[64]));
        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> delivery.accepted().get(1, TimeUnit.SECONDS));
        assertEquals(
                LinkFault.NOT_CONNECTED,
                assertInstanceOf(LinkException.class, failed.getCause()).fault());
    }
}
