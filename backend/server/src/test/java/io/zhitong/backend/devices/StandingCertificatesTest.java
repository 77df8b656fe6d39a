package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@BothDatabases
final class StandingCertificatesTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceId DOOR = new DeviceId(42);
    private static final DeviceId TILL = new DeviceId(43);

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final StandingCertificates certificates;

    StandingCertificatesTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        certificates = new StandingCertificates(database.jdbc(), clock);
    }

    @Test
    void the_newest_that_is_neither_revoked_nor_over_stands() {
        note(42, "1", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z");
        note(42, "2", "2026-03-01T00:00:00Z", "2026-07-01T00:00:00Z");
        note(43, "3", "2026-01-01T00:00:00Z", "2026-05-01T08:00:00Z");
        var standing = certificates.of(ONE, List.of(DOOR, TILL));
        assertThat(standing).containsOnlyKeys(DOOR);
        assertThat(standing.get(DOOR).issued()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(standing.get(DOOR).profile()).as("its text was not kept").isEmpty();
        assertThat(certificates.of(TestDevices.DOOR)).isPresent();
        database.jdbc()
                .sql("update device_certificate set revoked_at = issued_at where serial = '2'")
                .update();
        assertThat(certificates.of(TestDevices.DOOR).orElseThrow().expires())
                .isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
        clock.advance(Duration.ofDays(31));
        assertThat(certificates.of(TestDevices.DOOR)).isEmpty();
    }

    @Test
    void of_nobody_there_is_none() {
        assertThat(certificates.of(ONE, List.of())).isEmpty();
        assertThat(certificates.of(new CommunityId(2), List.of(DOOR))).isEmpty();
    }

    private void note(long device, String serial, String issued, String expires) {
        database.jdbc()
                .sql("insert into device_certificate (community_id, device_number, serial, issued_at, expires_at)"
                        + " values (1, ?, ?, ?, ?)")
                .params(
                        device,
                        serial,
                        DeviceTokens.utc(Instant.parse(issued)),
                        DeviceTokens.utc(Instant.parse(expires)))
                .update();
    }
}
