package io.zhitong.backend.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.keyapi.Revocation;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.machinetls.MachineTlsException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevokedMachinesTest {
    private static final Revocation LOST = new Revocation(
            new BigInteger("6182a3fbc2d1d6a03997160e90e057eb", 16),
            RevocationReason.LOST,
            Instant.parse("2026-05-01T08:00:00Z"));
    private static final Revocation RETIRED =
            new Revocation(BigInteger.TWO, RevocationReason.RETIRED, Instant.parse("2026-05-02T08:00:00Z"));

    @TempDir
    Path data;

    private RevokedMachines started() {
        return new RevokedMachines(TestSettings.in(data, 1));
    }

    @Test
    void what_was_heard_counts_at_once_and_after_a_restart() {
        RevokedMachines revoked = started();
        assertThat(revoked.heard(List.of(LOST, RETIRED))).isTrue();
        assertThat(revoked.revoked(LOST.serial())).isTrue();
        assertThat(revoked.revoked(BigInteger.TEN)).isFalse();
        RevokedMachines again = started();
        assertThat(again.all()).containsExactlyInAnyOrder(LOST, RETIRED);
        assertThat(again.revoked(LOST.serial())).isTrue();
    }

    @Test
    void the_same_in_another_order_is_no_news_and_what_is_forgotten_is() {
        RevokedMachines revoked = started();
        assertThat(revoked.heard(List.of())).isFalse();
        revoked.heard(List.of(LOST, RETIRED));
        assertThat(revoked.heard(List.of(RETIRED, LOST))).isFalse();
        assertThat(revoked.heard(List.of(LOST))).isTrue();
        assertThat(started().all()).containsExactly(LOST);
    }

    @Test
    void the_file_is_one_line_each() throws IOException {
        started().heard(List.of(LOST));
        assertThat(Files.readString(data.resolve("backend/tls/revoked")))
                .isEqualTo("6182a3fbc2d1d6a03997160e90e057eb LOST 1777622400\n");
        try (var files = Files.list(data.resolve("backend/tls"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_the_disk_refuses_counts_at_once_and_stays_news_until_it_is_written() throws IOException {
        Path inTheWay = Files.createDirectories(data.resolve("backend")).resolve("tls");
        Files.writeString(inTheWay, "a file where the folder should be");
        RevokedMachines revoked = started();
        assertThatThrownBy(() -> revoked.heard(List.of(LOST))).isInstanceOf(MachineTlsException.class);
        assertThat(revoked.revoked(LOST.serial())).isTrue();
        Files.delete(inTheWay);
        assertThat(revoked.heard(List.of(LOST))).isTrue();
        assertThat(revoked.heard(List.of(LOST))).isFalse();
        assertThat(started().all()).containsExactly(LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6182a3", "xyz LOST 1", "2 NOBODY 1", "2 LOST soon", "-2 LOST 1", "2 LOST 1 more"})
    void a_damaged_file_stops_the_start_because_a_revoked_machine_must_not_be_believed_again(String line)
            throws IOException {
        Files.createDirectories(data.resolve("backend/tls"));
        Files.writeString(data.resolve("backend/tls/revoked"), line + "\n");
        assertThatThrownBy(this::started).hasMessageContaining("revoked");
    }
}
