package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.devices.CommandFailedException.Reason;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two backend processes on one database: who holds a device, what its consoles see, and which orders leave. */
@BothDatabases
final class TwoGatewaysTest {
    private static final Actor PROPERTY = new Actor("property");
    private static final PointId ENTRANCE = new PointId(1);

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDatabase database;
    private final TestGateway a;
    private final TestGateway b;
    private final LinkSession first = TestDevices.session(1, 42);
    private final LinkSession second = TestDevices.session(2, 42);

    TwoGatewaysTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        TestDevices devices = new TestDevices();
        a = new TestGateway(database, devices, clock);
        b = new TestGateway(database, devices, clock);
        a.replies.start();
    }

    @AfterEach
    void stop() {
        a.replies.stop();
    }

    // ---- leases

    @Test
    void each_connection_has_a_higher_epoch_wherever_it_comes() {
        a.held.opened(first);
        assertThat(a.held.epoch(TestDevices.DOOR)).hasValue(1);
        b.held.opened(second);
        assertThat(b.held.epoch(TestDevices.DOOR)).hasValue(2);
        a.held.opened(TestDevices.session(3, 42));
        assertThat(a.held.epoch(TestDevices.DOOR)).hasValue(3);
        a.held.opened(TestDevices.session(4, 43));
        assertThat(a.held.epoch(DeviceAddress.of(1, 43))).hasValue(1);
    }

    @Test
    void two_connections_at_the_same_moment_get_two_epochs() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<Void> here = CompletableFuture.runAsync(() -> openedAfter(start, a, first));
        CompletableFuture<Void> there = CompletableFuture.runAsync(() -> openedAfter(start, b, second));
        start.countDown();
        CompletableFuture.allOf(here, there).get(20, TimeUnit.SECONDS);
        assertThat(List.of(
                        a.held.epoch(TestDevices.DOOR).orElseThrow(),
                        b.held.epoch(TestDevices.DOOR).orElseThrow()))
                .containsExactlyInAnyOrder(1L, 2L);
    }

    private static void openedAfter(CountDownLatch start, TestGateway gateway, LinkSession session) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.held.opened(session);
    }

    @Test
    void both_consoles_see_the_same_state_of_a_device() {
        assertThat(b.states.of(TestDevices.DOOR)).isEmpty();
        a.held.opened(first);
        assertThat(b.state().connected()).isTrue();
        assertThat(b.state().software()).isEqualTo("controller 1.2");
        a.held.heard(first, status(17, "读卡器 1 断线"));
        a.held.write();
        assertThat(b.state().status()).hasValue(status(17, "读卡器 1 断线"));
        assertThat(b.states.of(TestDevices.DOOR.community())).isEqualTo(Map.of(TestDevices.DOOR, b.state()));
        clock.advance(Duration.ofSeconds(10));
        a.held.closed(first, CloseReason.SILENT);
        a.held.write();
        assertThat(b.state().connected()).isFalse();
        assertThat(b.state().closed()).hasValue(CloseReason.SILENT);
        assertThat(b.state().since()).isEqualTo("2026-05-01T08:00:10Z");
        assertThat(b.state().status().orElseThrow().unsent()).isEqualTo(17);
    }

    @Test
    void a_heartbeat_that_says_nothing_new_costs_the_database_nothing() {
        a.held.opened(first);
        a.held.heard(first, status(0));
        a.held.write();
        clock.advance(Duration.ofSeconds(2));
        DeviceStatus later =
                new DeviceStatus(9_999, ClockQuality.HELD, 55, 0, 2, status(0).lists(), List.of());
        a.held.heard(first, later);
        a.held.write();
        assertThat(b.state().heard()).isEqualTo("2026-05-01T08:00:00Z");
        a.held.heard(first, status(1));
        a.held.write();
        assertThat(b.state().heard()).isEqualTo("2026-05-01T08:00:02Z");
    }

    @Test
    void the_late_end_and_the_late_heartbeat_of_a_replaced_connection_change_nothing_here_or_there() {
        a.held.opened(first);
        b.held.opened(second);
        a.held.heard(first, status(99));
        a.held.closed(first, CloseReason.SILENT);
        a.held.write();
        assertThat(b.state().connected()).isTrue();
        assertThat(b.state().status()).isEmpty();
        b.held.opened(TestDevices.session(3, 42));
        b.held.closed(second, CloseReason.REPLACED);
        b.held.write();
        assertThat(a.state().connected()).isTrue();
        assertThat(b.held.epoch(TestDevices.DOOR)).hasValue(3);
    }

    @Test
    void devices_of_a_gateway_that_is_gone_or_silent_are_cut_on_the_other_console() {
        a.held.opened(first);
        a.backend.silent();
        assertThat(b.state().connected()).isFalse();
        a.backend.self().live();
        assertThat(b.state().connected()).isTrue();
        a.backend.self().leave();
        assertThat(b.state().connected()).isFalse();
        assertThatThrownBy(() -> b.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CONNECTED));
    }

    @Test
    void gateway_memory_holds_connections_and_forgets_them() {
        for (int i = 0; i < 50; i++) {
            LinkSession session = TestDevices.session(i, 42 + i % 2);
            a.held.opened(session);
            a.held.heard(session, status(i));
            a.held.closed(session, CloseReason.PEER_CLOSED);
        }
        assertThat(a.held.devices()).isEmpty();
        a.held.opened(first);
        assertThat(a.held.devices()).containsExactly(TestDevices.DOOR);
        a.held.heard(first, status(1));
        assertThat(a.held.fresh()).containsExactly(TestDevices.DOOR);
        assertThat(a.held.fresh()).isEmpty();
    }

    // ---- commands

    @Test
    void a_command_given_at_one_console_leaves_by_the_other_ones_gateway_and_its_answer_comes_back() throws Exception {
        b.held.opened(second);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        assertThat(a.taken()).isEmpty();
        List<SignedCommand> taken = b.taken();
        assertThat(taken).hasSize(1);
        assertThat(taken.get(0).order().nonce()).isEqualTo(second.hello().nonce());
        assertThat(taken.get(0).order().why()).isEqualTo("访客");
        assertThat(b.taken()).as("taken for good").isEmpty();
        CommandAnswer answer = TestDevices.answer(taken.get(0).order().idempotencyKey(), Stage.EXECUTED);
        b.rows.answered(TestDevices.DOOR, answer);
        assertThat(sent.executed().get(20, TimeUnit.SECONDS)).isEqualTo(answer);
        assertThat(sent.accepted().get(20, TimeUnit.SECONDS)).isEqualTo(answer);
    }

    @Test
    void an_order_for_an_area_leaves_with_its_arguments_and_is_audited_with_them() {
        b.held.opened(second);
        Octets place = new PlaceOrder(0, 7, 1_800_000_000L).encode();
        a.commands.order(TestDevices.DOOR, CommandKind.LOCK_DOWN, PointId.DEVICE, place, PROPERTY, "演练");
        CommandOrder left = b.taken().get(0).order();
        assertThat(left.kind()).isEqualTo(CommandKind.LOCK_DOWN);
        assertThat(left.point()).isEqualTo(PointId.DEVICE);
        assertThat(PlaceOrder.decode(left.args())).isEqualTo(new PlaceOrder(0, 7, 1_800_000_000L));
        assertThat(database.jdbc()
                        .sql("select subject || ' ' || before_text || ' ' || after_text from audit_entry"
                                + " where action = 'point.lock-down'")
                        .query(String.class)
                        .list())
                .containsExactly("device 42 point 0 0000076b49d200 演练");
    }

    @Test
    void the_answer_s_detail_and_a_refusal_come_back_whole() throws Exception {
        b.held.opened(second);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        SignedCommand taken = b.taken().get(0);
        CommandAnswer told = new CommandAnswer(
                taken.order().idempotencyKey(), Stage.ACCEPTED, io.zhitong.accessmodel.CommandRefusal.NONE, "AB01");
        b.rows.answered(TestDevices.DOOR, told);
        told();
        assertThat(sent.accepted().get(20, TimeUnit.SECONDS)).isEqualTo(told);
        assertThat(sent.executed()).isNotDone();
        CommandAnswer refused = TestDevices.answer(taken.order().idempotencyKey(), Stage.REFUSED);
        b.rows.answered(TestDevices.DOOR, refused);
        told();
        assertThat(sent.executed().get(20, TimeUnit.SECONDS)).isEqualTo(refused);
    }

    @Test
    void an_order_of_an_old_epoch_is_void_as_soon_as_the_device_comes_elsewhere() {
        a.held.opened(first);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        List<CommandOutbox.Waiting> before = a.outbox.mine();
        assertThat(before).hasSize(1);
        b.held.opened(second);
        assertThat(a.taken()).isEmpty();
        assertThat(b.taken()).isEmpty();
        assertThat(a.take(before.get(0))).as("what it had read before").isEmpty();
        assertThat(failure(sent)).isEqualTo(Reason.MOVED);
        assertThat(fates()).containsExactly("VOID");
    }

    @Test
    void a_gateway_that_believes_to_hold_a_device_takes_nothing_that_is_another_one_s() {
        a.held.opened(first);
        b.held.opened(second);
        a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        CommandOutbox.Waiting theirs = b.outbox.mine().get(0);
        assertThat(a.held.epoch(TestDevices.DOOR)).as("it has not noticed").hasValue(1);
        for (long epoch : new long[] {0, 1, 3}) {
            assertThat(a.leases.confirmed(TestDevices.DOOR, epoch)).isFalse();
        }
        assertThat(a.leases.confirmed(TestDevices.DOOR, 2))
                .as("the epoch alone is not enough")
                .isFalse();
        assertThat(b.leases.confirmed(TestDevices.DOOR, 2)).isTrue();
        assertThat(a.take(theirs)).isEmpty();
        assertThat(fates()).containsExactly("VOID");
    }

    /** Laid down from a lease that was read before the device moved: the row names an epoch that is over. */
    @Test
    void an_order_written_late_with_an_old_epoch_is_refused_when_it_is_taken() {
        a.held.opened(first);
        DeviceLease old = b.leases.held(TestDevices.DOOR).orElseThrow();
        a.held.opened(second);
        SignedCommand command = TestCommands.open(new TestDevices(), old, clock.millis());
        database.transactions().executeWithoutResult(status -> b.outbox.put(command, old));
        assertThat(a.outbox.mine()).hasSize(1);
        assertThat(a.taken()).isEmpty();
        assertThat(fates()).containsExactly("VOID");
    }

    @Test
    void a_command_nobody_took_in_ten_seconds_never_leaves_even_if_its_gateway_wakes_up() {
        a.held.opened(first);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        clock.advance(Duration.ofSeconds(10));
        assertThat(a.taken()).isEmpty();
        assertThat(failure(sent)).isEqualTo(Reason.NOT_TAKEN);
        assertThat(fates()).containsExactly("EXPIRED");
    }

    @Test
    void what_a_gateway_that_died_left_behind_is_cleared_by_another() {
        a.held.opened(first);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        assertThat(b.outbox.over()).isEmpty();
        clock.advance(Duration.ofSeconds(11));
        b.outbox.over().forEach(left -> assertThat(b.take(left)).isEmpty());
        assertThat(failure(sent)).isEqualTo(Reason.NOT_TAKEN);
        assertThat(database.jdbc()
                        .sql("select count(*) from command_outbox")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_command_whose_transaction_failed_is_neither_sent_nor_waited_for() {
        a.held.opened(first);
        String tooLong = "长".repeat(300);
        assertThatThrownBy(() -> a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, tooLong))
                .isInstanceOf(RuntimeException.class);
        assertThat(a.taken()).isEmpty();
        assertThat(fates()).isEmpty();
    }

    @Test
    void an_end_without_an_answer_is_told_and_does_not_unsay_that_nothing_was_sent() {
        a.held.opened(first);
        SentCommand sent = a.commands.open(TestDevices.DOOR, ENTRANCE, PROPERTY, "访客");
        CommandOutbox.Waiting waiting = a.outbox.mine().get(0);
        assertThat(a.take(waiting)).isPresent();
        a.rows.fate(TestDevices.DOOR.community(), waiting.id(), CommandFate.UNANSWERED);
        assertThat(failure(sent)).isEqualTo(Reason.UNANSWERED);
        a.rows.fate(TestDevices.DOOR.community(), waiting.id(), CommandFate.SENT);
        assertThat(fates()).containsExactly("UNANSWERED");
    }

    /** As a word of the other process would; without one they look each second, as the first of the commands shows. */
    private void told() {
        a.replies.heard("");
    }

    private Reason failure(SentCommand sent) {
        told();
        Eventually.holds("the console is told", () -> sent.executed().isDone());
        try {
            throw new AssertionError("done: " + sent.executed().get());
        } catch (ExecutionException e) {
            return ((CommandFailedException) e.getCause()).reason();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> fates() {
        return database.jdbc()
                .sql("select fate from device_command")
                .query(String.class)
                .list();
    }

    private static DeviceStatus status(long unsent, String... faults) {
        ListState list = new ListState(ListKind.POINTS, new ListVersion(1, 7), Hash.ZERO);
        return new DeviceStatus(1_777_000_000_000L, ClockQuality.HELD, 300, unsent, 2, List.of(list), List.of(faults));
    }
}
