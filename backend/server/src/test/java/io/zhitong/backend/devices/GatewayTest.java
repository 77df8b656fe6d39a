package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.RevokedMachine;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.backend.vault.DeviceWitnesses;
import io.zhitong.backend.vault.Upkeep;
import io.zhitong.keyapi.AuditCheckpoint;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.machinetls.MachineKeys;
import io.zhitong.machinetls.MachineName;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A device over real sockets against the whole backend and a real vault. */
@BothDatabases
final class GatewayTest {
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final Actor TESTER = new Actor("property");

    private final RunningBackend backend;

    GatewayTest(RunningBackend backend) {
        this.backend = backend;
    }

    @Test
    void the_demo_token_enrols_the_controller_once() throws java.io.IOException {
        String token = Files.readString(backend.data().resolve("backend/demo/controller.token"));
        // A token that another test of this JVM was given for the same device has ended it.
        jdbc().sql("update device_token set expires_at = ? where token_hash = ?")
                .params(
                        DeviceTokens.utc(Instant.now().plus(Duration.ofDays(1))),
                        Sm3.hash(token.strip().getBytes(StandardCharsets.UTF_8)))
                .update();
        TestDevice.enrol(backend, MachineRole.CONTROLLER, token, MachineKeys.generate(MachineProfile.SM2));
        for (String refused : new String[] {token, "no such token"}) {
            assertThatThrownBy(() -> TestDevice.enrol(
                            backend, MachineRole.CONTROLLER, refused, MachineKeys.generate(MachineProfile.SM2)))
                    .isInstanceOf(EnrolmentRefusedException.class)
                    .hasMessageContaining("unknown, spent or expired");
        }
        assertThat(jdbc().sql("select count(*) from device_token where token_hash is null or spent_at is not null")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    @Test
    void a_controller_gets_all_its_lists_signed_and_the_backend_sees_the_proof() {
        try (TestDevice device = connect()) {
            Eventually.holds("all lists", () -> device.states().size() >= 12);
            assertThat(device.held(ListKind.POINTS).orElseThrow().records(PointRecord.class))
                    .extracting(PointRecord::name)
                    .containsExactlyInAnyOrder("1号楼大门", "地下车库门");
            assertThat(device.held(ListKind.SETTINGS).orElseThrow().records(SettingRecord.class))
                    .extracting(SettingRecord::value)
                    .contains("Asia/Shanghai", "44030001", "智通花园");
            Eventually.holds(
                    "heartbeat with all lists",
                    () -> state().status()
                            .filter(status ->
                                    status.lists().size() == device.states().size())
                            .isPresent());
        }
    }

    @Test
    void a_device_is_told_how_far_the_vault_had_come_and_says_it_when_it_is_back() {
        try (TestDevice device = connect()) {
            Eventually.holds("told", () -> !device.checkpoints.isEmpty());
            AuditCheckpoint told =
                    AuditCheckpoint.parse(device.checkpoints.get(0).toByteArray());
            KeyService vault = backend.bean(KeyService.class);
            assertThat(Sm2.verify(
                            Sm2PublicKey.decode(vault.publicKey(SigningKey.AUDIT)),
                            AuditCheckpoint.signed(told.number(), told.hash()),
                            told.signature()))
                    .isTrue();
            assertThat(told.number()).isLessThanOrEqualTo(vault.status().auditNumber());
            device.drop();
            Eventually.holds(
                    "said",
                    () -> backend.bean(DeviceWitnesses.class)
                            .wordOf(new MachineName(MachineRole.CONTROLLER, DOOR.certificateName()))
                            .equals(device.newest()));
        }
    }

    @Test
    void events_are_stored_once_and_acknowledged_after_the_commit() {
        try (TestDevice device = connect()) {
            device.records().fill(250);
            device.wake();
            Eventually.holds("acknowledged", () -> device.acknowledged() == 250);
            assertThat(stored(device)).isEqualTo(250);
            device.records().write(EventKind.FIRE, 1, new byte[0]);
            device.wake();
            Eventually.holds("acknowledged", () -> device.acknowledged() == 251);
            assertThat(stored(device)).isEqualTo(251);
        }
    }

    @Test
    void an_open_command_is_signed_executed_noted_and_audited() throws Exception {
        try (TestDevice device = connect()) {
            CommandAnswer answer = backend.bean(DeviceCommands.class)
                    .open(DOOR, new PointId(1), TESTER, "住户忘带卡")
                    .executed()
                    .get(20, TimeUnit.SECONDS);
            assertThat(answer.stage()).isEqualTo(CommandAnswer.Stage.EXECUTED);
            assertThat(device.executed).hasSize(1);
            assertThat(device.executed.get(0).kind()).isEqualTo(CommandKind.OPEN);
            assertThat(device.executed.get(0).who()).isEqualTo("property");
            assertThat(device.executed.get(0).why()).isEqualTo("住户忘带卡");
            assertThat(device.executed.get(0).expiryMillis()
                            - device.executed.get(0).madeMillis())
                    .isEqualTo(10_000);
            Eventually.holds(
                    "noted",
                    () -> jdbc().sql("select count(*) from device_command where id = ? and stage = 2")
                                    .param(CommandRows.id(answer.idempotencyKey()))
                                    .query(Long.class)
                                    .single()
                            == 1);
            assertThat(jdbc().sql("select after_text from audit_entry where action = 'point.open' order by number desc"
                                    + " limit 1")
                            .query(String.class)
                            .single())
                    .isEqualTo("住户忘带卡");
        }
    }

    @Test
    void a_command_to_a_device_that_is_away_is_refused_and_nothing_is_noted() {
        DeviceAddress away = DeviceAddress.of(1, 4711);
        assertThatThrownBy(() -> backend.bean(DeviceCommands.class).open(away, new PointId(1), TESTER, "试试"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CommandFailedException.Reason.NOT_CONNECTED));
        assertThat(jdbc().sql("select count(*) from device_command where device_number = 4711")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_lost_link_is_known_within_ten_seconds_and_a_new_connection_clears_it() {
        TestDevice device = connect();
        Eventually.holds("connected", () -> state().connected());
        long before = System.nanoTime();
        device.close();
        Eventually.holds("link cut", () -> !state().connected());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        try (TestDevice again = connect()) {
            Eventually.holds("connected again", () -> state().connected());
            assertThat(again.linked()).isTrue();
        }
    }

    @Test
    void a_revoked_device_is_thrown_out_at_once_and_may_not_come_back() {
        try (TestDevice device = connect()) {
            Eventually.holds("connected", device::linked);
            backend.bean(DeviceRevocation.class).revoke(DOOR, TESTER, RevocationReason.LOST);
            Eventually.holds("thrown out", () -> !state().connected());
            assertThat(state().closed()).hasValue(CloseReason.REVOKED);
            Eventually.holds("told the device", () -> !device.closed.isEmpty());
            Eventually.holds("refused again", () -> refusedHandshakes() > 0);
            assertThat(device.linked()).isFalse();
        }
    }

    @Test
    void what_the_vault_takes_back_reaches_devices_as_a_signed_list_and_throws_out_whom_it_names() {
        try (TestDevice device = connect()) {
            KeyService vault = backend.bean(KeyService.class);
            BigInteger other = new BigInteger(120, new SecureRandom()).setBit(120);
            vault.revoke(other, RevocationReason.COMPROMISED);
            Eventually.holds(
                    "on the device's list",
                    () -> device.held(ListKind.REVOCATIONS)
                            .filter(list -> list.records(RevokedMachine.class).stream()
                                    .anyMatch(entry -> entry.serial().equals(other)))
                            .isPresent());
            List<BigInteger> own = jdbc().sql("select serial from device_certificate where device_number = 42"
                            + " and revoked_at is null")
                    .query((row, n) -> new BigInteger(row.getString(1)))
                    .list();
            own.forEach(serial -> vault.revoke(serial, RevocationReason.LOST));
            Upkeep.now(backend);
            Eventually.holds("thrown out", () -> !state().connected());
            Eventually.holds("refused again", () -> refusedHandshakes() > 0);
        }
    }

    @Test
    void a_revocation_is_known_again_after_a_restart() {
        try (TestDevice device = connect()) {
            assertThat(device.linked()).isTrue();
            backend.bean(DeviceRevocation.class).revoke(DOOR, TESTER, RevocationReason.LOST);
        }
        List<BigInteger> revoked = jdbc().sql("select serial from device_certificate where revoked_at is not null")
                .query((row, n) -> new BigInteger(row.getString(1)))
                .list();
        assertThat(revoked).isNotEmpty();
        DeviceCertificates started = new DeviceCertificates(
                jdbc(),
                backend.bean(KeyService.class),
                backend.bean(AuditLog.class),
                backend.bean(TransactionTemplate.class),
                backend.bean(io.zhitong.backend.foundation.Notices.class),
                Clock.systemUTC());
        assertThat(revoked).noneMatch(started::revoked);
        started.load();
        assertThat(revoked).allMatch(started::revoked);
    }

    private long refusedHandshakes() {
        return backend.bean(LinkServers.class).refusedHandshakes();
    }

    private TestDevice connect() {
        String token = backend.bean(DeviceTokens.class).issue(DOOR, TESTER, Duration.ofMinutes(5));
        TestDevice device = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, new SecureRandom().nextLong());
        Eventually.holds("connected", () -> device.linked() && state().connected());
        return device;
    }

    private DeviceState state() {
        return backend.bean(DeviceStates.class).of(DOOR).orElse(unknown());
    }

    private static DeviceState unknown() {
        return new DeviceState(
                DOOR,
                false,
                java.time.Instant.EPOCH,
                java.time.Instant.EPOCH,
                "",
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }

    private long stored(TestDevice device) {
        List<Long> sequences = jdbc().sql("select sequence from device_event where journal = ? order by sequence")
                .param(device.journal().value())
                .query(Long.class)
                .list();
        assertThat(sequences).doesNotHaveDuplicates();
        return sequences.size();
    }

    private JdbcClient jdbc() {
        return backend.bean(JdbcClient.class);
    }
}
