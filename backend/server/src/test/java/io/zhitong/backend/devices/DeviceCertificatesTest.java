package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.RevocationReason;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeviceCertificatesTest {
    private static final Actor TESTER = new Actor("admin");
    private static final BigInteger ONE = new BigInteger("123456789012345678901234567890123456789012345678");
    private static final BigInteger TWO = BigInteger.TWO;

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDevices devices = new TestDevices();
    private final DeviceCertificates certificates;

    DeviceCertificatesTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        certificates = devices.certificates(database, clock);
    }

    @Test
    void revoking_a_device_takes_all_its_certificates_and_none_of_its_neighbour() {
        give(42, ONE);
        give(42, TWO);
        give(43, BigInteger.TEN);
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        assertThat(certificates.revoked(ONE)).isTrue();
        assertThat(certificates.revoked(TWO)).isTrue();
        assertThat(certificates.revoked(BigInteger.TEN)).isFalse();
        assertThat(certificates.enrolled(TestDevices.DOOR)).isFalse();
        assertThat(certificates.enrolled(DeviceAddress.of(1, 43))).isTrue();
        assertThat(devices.revoked).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void while_the_vault_is_away_the_device_is_out_all_the_same_and_the_next_try_tells_the_vault() {
        give(42, ONE);
        devices.away(true);
        assertThatThrownBy(() -> certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST))
                .isInstanceOf(KeyServiceException.class);
        assertThat(certificates.revoked(ONE)).isTrue();
        assertThat(devices.revoked).isEmpty();
        devices.away(false);
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        assertThat(devices.revoked).containsExactly(ONE);
    }

    @Test
    void a_second_revocation_does_not_move_the_time_of_the_first() {
        give(42, ONE);
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        clock.advance(java.time.Duration.ofDays(1));
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        assertThat(database.jdbc()
                        .sql("select revoked_at from device_certificate")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo("2026-05-01T08:00:00Z");
    }

    @Test
    void after_a_restart_the_revoked_are_still_out() {
        give(42, ONE);
        give(43, TWO);
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        DeviceCertificates restarted = devices.certificates(database, clock);
        assertThat(restarted.revoked(ONE)).isFalse();
        restarted.load();
        assertThat(restarted.revoked(ONE)).isTrue();
        assertThat(restarted.revoked(TWO)).isFalse();
    }

    /** Each new enrolment adds a serial to the audit entry of the revocation; the column holds 4000 characters. */
    @Test
    void a_device_that_was_enrolled_a_hundred_times_can_still_be_revoked() {
        for (int i = 0; i < 100; i++) {
            give(42, ONE.add(BigInteger.valueOf(i)));
        }
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        assertThat(certificates.revoked(ONE.add(BigInteger.valueOf(99)))).isTrue();
        assertThat(devices.revoked).hasSize(100);
    }

    @Test
    void a_device_without_a_certificate_can_be_revoked_and_that_is_audited_too() {
        certificates.revoke(TestDevices.DOOR, TESTER, RevocationReason.LOST);
        assertThat(devices.revoked).isEmpty();
        assertThat(database.jdbc()
                        .sql("select actor || ' ' || action || ' ' || subject from audit_entry")
                        .query(String.class)
                        .list())
                .containsExactly("admin device.revoke device 42");
    }

    private void give(long device, BigInteger serial) {
        database.jdbc()
                .sql("insert into device_certificate (community_id, device_number, serial, issued_at, expires_at)"
                        + " values (1, ?, ?, ?, ?)")
                .params(
                        device,
                        serial.toString(),
                        DeviceTokens.utc(clock.instant()),
                        DeviceTokens.utc(clock.instant().plusSeconds(86400)))
                .update();
    }
}
