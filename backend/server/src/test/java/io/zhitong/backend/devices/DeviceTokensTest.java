package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;

@BothDatabases
final class DeviceTokensTest {
    private static final Actor TESTER = new Actor("admin");
    private static final byte[] KEY = Sm3.hash("a device's key".getBytes(StandardCharsets.UTF_8));
    private static final byte[] OTHER = Sm3.hash("another's".getBytes(StandardCharsets.UTF_8));

    private static final DeviceTokens.Spent ENROLMENT = new DeviceTokens.Spent(TestDevices.DOOR, false);

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestEstate estate;
    private final DeviceTokens tokens;

    DeviceTokensTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        tokens = new DeviceTokens(database.jdbc(), TestAudit.log(database, clock), clock);
    }

    @Test
    void a_token_names_its_device_once() {
        String token = issue(Duration.ofHours(1));
        assertThat(tokens.spend(" " + token + "\n", KEY)).hasValue(ENROLMENT);
        assertThat(tokens.spend(token, OTHER)).isEmpty();
    }

    @Test
    void whoever_spent_it_asks_again_with_the_same_key_until_it_ends_and_nobody_else_does() {
        String token = issue(Duration.ofMinutes(5));
        assertThat(tokens.spend(token, KEY)).hasValue(ENROLMENT);
        assertThat(tokens.spend(token, KEY)).hasValue(ENROLMENT);
        assertThat(tokens.spend(token, OTHER)).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(tokens.spend(token, KEY)).isEmpty();
    }

    @Test
    void it_is_256_random_bits_as_text_and_the_database_holds_only_their_sm3() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            made.add(issue(Duration.ofHours(1)));
        }
        assertThat(made).hasSize(50).allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
        String one = made.iterator().next();
        assertThat(database.jdbc()
                        .sql("select token_hash from device_token")
                        .query((row, n) -> Hex.of(row.getBytes(1)))
                        .list())
                .hasSize(50)
                .contains(Hex.of(Sm3.hash(one.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_token_ends_at_its_last_instant_and_stays_unspent() {
        String token = issue(Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5));
        assertThat(tokens.spend(token, KEY)).isEmpty();
        assertThat(database.jdbc()
                        .sql("select count(*) from device_token where spent_at is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void what_was_never_issued_names_no_device() {
        issue(Duration.ofHours(1));
        for (String text : new String[] {"", " ", "no such token", "' or 1=1 --", "\u0000"}) {
            assertThat(tokens.spend(text, KEY)).isEmpty();
        }
    }

    @Test
    void a_spending_that_is_rolled_back_leaves_the_token_good() {
        String token = issue(Duration.ofHours(1));
        assertThatThrownBy(() -> database.transactions().executeWithoutResult(s -> {
                    assertThat(tokens.spend(token, KEY)).isPresent();
                    throw new IllegalStateException("the vault is away");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tokens.spend(token, KEY)).hasValue(ENROLMENT);
    }

    @Test
    void of_eight_devices_that_bring_the_same_token_at_once_one_is_let_in() throws Exception {
        String token = issue(Duration.ofHours(1));
        ExecutorService devices = Executors.newFixedThreadPool(8);
        AtomicInteger number = new AtomicInteger();
        Callable<Boolean> enrol = () -> {
            byte[] own = Sm3.hash(new byte[] {(byte) number.incrementAndGet()});
            return database.transactions().execute(s -> tokens.spend(token, own).isPresent());
        };
        int in = 0;
        for (Future<Boolean> each : devices.invokeAll(java.util.Collections.nCopies(8, enrol))) {
            in += each.get() ? 1 : 0;
        }
        devices.shutdown();
        assertThat(in).isEqualTo(1);
    }

    @Test
    void no_token_for_a_device_that_is_not_there_and_none_is_issued_unseen() {
        assertThatThrownBy(() -> tokens.issue(DeviceAddress.of(1, 4711), TESTER, Duration.ofHours(1)))
                .isInstanceOf(DataIntegrityViolationException.class);
        String token = issue(Duration.ofHours(1));
        assertThat(database.jdbc()
                        .sql("select actor || ' ' || action || ' ' || subject || ' ' || after_text from audit_entry")
                        .query(String.class)
                        .list())
                .containsExactly("admin device.token device 42 until 2026-05-01T09:00:00Z")
                .noneMatch(line -> line.contains(token));
    }

    @Test
    void the_demo_leaves_a_token_for_each_device_that_only_the_owner_can_read(@TempDir Path data) throws IOException {
        DemoTokens demo = new DemoTokens(
                estate.estate(),
                tokens,
                new TestDevices().certificates(database, clock),
                TestSettings.of("data", data.toString()));
        demo.seed();
        for (String name : new String[] {"controller.token", "pos.token"}) {
            Path file = data.resolve("backend/demo").resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(tokens.spend(Files.readString(file), KEY)).isPresent();
        }
        try (var files = Files.list(data.resolve("backend/demo"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_token_for_a_replacement_says_so_and_ends_those_still_unspent_of_that_device_only() {
        String before = issue(Duration.ofHours(1));
        String till = tokens.issue(DeviceAddress.of(1, 43), TESTER, Duration.ofHours(1));
        String first = tokens.replacement(TestDevices.DOOR, TESTER, Duration.ofHours(1));
        String second = tokens.replacement(TestDevices.DOOR, TESTER, Duration.ofHours(1));
        assertThat(tokens.spend(before, KEY)).isEmpty();
        assertThat(tokens.spend(first, KEY)).isEmpty();
        assertThat(tokens.spend(second, KEY)).hasValue(new DeviceTokens.Spent(TestDevices.DOOR, true));
        assertThat(tokens.spend(second, OTHER)).isEmpty();
        assertThat(tokens.spend(till, OTHER)).isPresent();
        assertThat(database.jdbc()
                        .sql("select action from audit_entry order by number")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "device.token", "device.token", "device.replacement-token", "device.replacement-token");
    }

    private String issue(Duration validity) {
        return tokens.issue(TestDevices.DOOR, TESTER, validity);
    }
}
