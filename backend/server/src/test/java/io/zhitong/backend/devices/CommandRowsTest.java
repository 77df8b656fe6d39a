package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@BothDatabases
final class CommandRowsTest {
    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final CommandRows rows;
    private final Octets key;

    CommandRowsTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        rows = new CommandRows(database.jdbc(), TestBackend.on(database).notices(), clock);
        UUID id = new TimeOrderedIds(clock).next();
        key = CommandRows.key(id);
        assertThat(CommandRows.id(key)).isEqualTo(id);
        rows.insert(command(key));
    }

    @Test
    void a_command_is_noted_with_who_and_why_before_any_answer() {
        assertThat(row()).isEqualTo("property|住户忘带卡|none|none");
    }

    @Test
    void stages_only_go_forward_and_a_repeated_answer_does_not_move_the_time() {
        answered(Stage.EXECUTED);
        clock.advance(java.time.Duration.ofSeconds(5));
        answered(Stage.ACCEPTED);
        answered(Stage.EXECUTED);
        assertThat(row()).isEqualTo("property|住户忘带卡|2|2026-05-01T08:00:00Z");
        answered(Stage.SENSED);
        assertThat(row()).isEqualTo("property|住户忘带卡|3|2026-05-01T08:00:05Z");
    }

    @Test
    void an_answer_of_another_device_or_to_a_command_never_sent_changes_nothing() {
        rows.answered(DeviceAddress.of(1, 43), TestDevices.answer(key, Stage.EXECUTED));
        rows.answered(DeviceAddress.of(2, 42), TestDevices.answer(key, Stage.EXECUTED));
        rows.answered(TestDevices.DOOR, TestDevices.answer(Octets.zeros(16), Stage.EXECUTED));
        assertThat(row()).isEqualTo("property|住户忘带卡|none|none");
    }

    @Test
    void a_refusal_is_kept_with_its_reason() {
        answered(Stage.REFUSED);
        assertThat(database.jdbc()
                        .sql("select stage * 1000 + refusal from device_command")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4000 + io.zhitong.accessmodel.CommandRefusal.values()[1].code());
    }

    @Test
    void the_signed_bytes_are_kept_as_they_were_sent() {
        byte[] kept = database.jdbc()
                .sql("select command from device_command")
                .query((row, n) -> row.getBytes(1))
                .single();
        assertThat(SignedCommand.decode(kept).order()).isEqualTo(command(key).order());
    }

    private void answered(Stage stage) {
        rows.answered(TestDevices.DOOR, TestDevices.answer(key, stage));
    }

    private SignedCommand command(Octets idempotencyKey) {
        CommandOrder order = new CommandOrder(
                TestDevices.DOOR.community(),
                TestDevices.DOOR.device(),
                new JournalId(7),
                Octets.zeros(16),
                CommandKind.OPEN,
                new PointId(1),
                clock.millis(),
                clock.millis() + 10_000,
                idempotencyKey,
                Octets.EMPTY,
                "property",
                "住户忘带卡");
        return SignedCommand.sign(order, message -> Sm2.sign(new TestDevices().key(), message, RandomSource.secure()));
    }

    private String row() {
        return database.jdbc()
                .sql("select who, why, stage, answered_at from device_command")
                .query((row, n) -> row.getString(1) + "|" + row.getString(2) + "|"
                        + (row.getObject(3) == null ? "none" : row.getInt(3)) + "|"
                        + (row.getObject(4) == null
                                ? "none"
                                : row.getObject(4, java.time.OffsetDateTime.class)
                                        .toInstant()))
                .single();
    }
}
