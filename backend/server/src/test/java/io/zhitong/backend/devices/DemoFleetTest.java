package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated controllers in the demo estate, and nowhere else. */
@BothDatabases
final class DemoFleetTest {
    private static final byte[] KEY = Sm3.hash("a device's key".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path data;

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDatabase database;
    private final TestEstate estate;
    private final DeviceTokens tokens;

    DemoFleetTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        tokens = new DeviceTokens(database.jdbc(), TestAudit.log(database, clock), clock);
    }

    private DemoFleet fleet(String mode, int wanted) {
        return new DemoFleet(
                estate.estate(),
                tokens,
                new TestDevices().certificates(database, clock),
                TestSettings.of("mode", mode, "data", data.toString()),
                wanted);
    }

    private List<Long> numbers() {
        return estate.estate().devices(new CommunityId(1)).stream()
                .filter(DemoFleet::simulated)
                .map(DeviceRow::id)
                .map(id -> id.value())
                .toList();
    }

    private Path file() {
        return data.resolve("backend/demo/fleet.token");
    }

    @Test
    void a_demo_gets_controllers_with_two_doors_and_a_token_each_for_its_owner_only() throws IOException {
        fleet("demo", 3).seed();
        assertThat(numbers()).containsExactly(10_001L, 10_002L, 10_003L);
        assertThat(estate.estate().points(DeviceAddress.of(1, 10_002))).hasSize(2);
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(3).doesNotHaveDuplicates();
        assertThat(tokens.spend(lines.get(1), KEY).map(DeviceTokens.Spent::device))
                .hasValue(DeviceAddress.of(1, 10_002));
        assertThat(tokens.spend(lines.get(1), Sm3.hash(KEY))).isEmpty();
    }

    @Test
    void a_second_start_adds_who_is_missing_and_touches_nobody_else() throws IOException {
        fleet("demo", 2).seed();
        fleet("demo", 4).seed();
        assertThat(numbers()).hasSize(4);
        assertThat(Files.readAllLines(file())).hasSize(4);
    }

    @Test
    void without_the_option_there_is_nobody_and_no_file() {
        fleet("demo", 0).seed();
        fleet("normal", 0).seed();
        assertThat(numbers()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void outside_the_demo_and_beyond_bounds_the_backend_does_not_start() {
        assertThatThrownBy(() -> fleet("normal", 1)).hasMessageContaining("0 outside the demo");
        assertThatThrownBy(() -> fleet("demo", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fleet("demo", 10_001)).hasMessageContaining("0 to 10000");
    }
}
