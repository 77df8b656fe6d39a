package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Sm3;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@BothDatabases
final class OpenTokensTest {
    private static final Actor ADMIN = new Actor("admin");
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceAddress TILL = DeviceAddress.of(1, 43);
    private static final byte[] KEY = Sm3.hash(new byte[] {1});
    private static final byte[] OTHER = Sm3.hash(new byte[] {2});

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final DeviceTokens tokens;
    private final OpenTokens open;

    OpenTokensTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).demo();
        tokens = new DeviceTokens(database.jdbc(), TestAudit.log(database, clock), clock);
        open = new OpenTokens(database.jdbc(), TestAudit.log(database, clock), clock);
    }

    @Test
    void what_is_neither_used_nor_over_is_open() {
        assertThat(open.of(ONE)).isEmpty();
        tokens.issue(TILL, ADMIN, Duration.ofDays(1));
        tokens.replacement(TestDevices.DOOR, ADMIN, Duration.ofHours(2));
        assertThat(open.of(ONE))
                .containsExactly(
                        new OpenTokens.OpenToken(TestDevices.DOOR, Instant.parse("2026-05-01T10:00:00Z"), true),
                        new OpenTokens.OpenToken(TILL, Instant.parse("2026-05-02T08:00:00Z"), false));
        assertThat(open.of(new CommunityId(2))).isEmpty();
        clock.advance(Duration.ofHours(2));
        assertThat(open.of(TestDevices.DOOR)).isEmpty();
        assertThat(open.of(TILL)).isPresent();
    }

    @Test
    void a_used_token_is_not_open_and_cannot_be_taken_back_from_its_key() {
        String token = tokens.issue(TestDevices.DOOR, ADMIN, Duration.ofDays(1));
        assertThat(tokens.spend(token, KEY)).isPresent();
        assertThat(open.of(ONE)).isEmpty();
        assertThat(open.takeBack(TestDevices.DOOR, ADMIN)).isFalse();
        assertThat(tokens.spend(token, KEY))
                .as("asked again, the answer was lost")
                .isPresent();
        assertThat(actions()).isEqualTo("device.token");
    }

    @Test
    void nobody_enrols_with_a_token_that_was_taken_back_and_another_devices_stays_good() {
        String mine = tokens.issue(TestDevices.DOOR, ADMIN, Duration.ofDays(1));
        String till = tokens.issue(TILL, ADMIN, Duration.ofDays(1));
        assertThat(open.takeBack(TestDevices.DOOR, ADMIN)).isTrue();
        assertThat(open.takeBack(TestDevices.DOOR, ADMIN)).isFalse();
        assertThat(tokens.spend(mine, KEY)).isEmpty();
        assertThat(open.of(ONE)).extracting(OpenTokens.OpenToken::device).containsExactly(TILL);
        assertThat(tokens.spend(till, OTHER)).isPresent();
        assertThat(actions()).isEqualTo("device.token device.token device.token-back");
    }

    private String actions() {
        return String.join(
                " ",
                database.jdbc()
                        .sql("select action from audit_entry order by number")
                        .query(String.class)
                        .list());
    }
}
