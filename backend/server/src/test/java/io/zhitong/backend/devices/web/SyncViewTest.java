package io.zhitong.backend.devices.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.backend.devices.SyncProof;
import io.zhitong.backend.devices.SyncProof.OfDevice;
import io.zhitong.backend.devices.SyncProof.OfList;
import io.zhitong.backend.devices.SyncState;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the page says of devices in step, wrong and cut. */
final class SyncViewTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final SyncView view =
            RunningBackend.of(DatabaseKind.H2).beans(SyncView.class).get(0);

    @Test
    void devices_that_are_not_in_step_stand_first_and_a_wrong_root_is_shown_beside_its_version() {
        SyncProof proof = new SyncProof(
                1287,
                false,
                List.of(
                        device(1, true, list(SyncState.IN_STEP)),
                        device(2, true, list(SyncState.WRONG_ROOT)),
                        device(3, false, list(SyncState.IN_STEP))));
        SyncView.Shown shown = view.of(ONE, proof, Locale.SIMPLIFIED_CHINESE);
        assertThat(shown.inStep()).isEqualTo(1);
        assertThat(shown.devices()).isEqualTo(3);
        assertThat(shown.oldest()).isEqualTo(3);
        assertThat(shown.all()).isFalse();
        assertThat(shown.rows()).extracting(SyncView.Row::number).containsExactly(2L, 3L, 1L);
        SyncView.Row wrong = shown.rows().get(0);
        assertThat(wrong.alarming()).isTrue();
        assertThat(wrong.held()).isZero();
        assertThat(wrong.lines().get(0).word()).isEqualTo("内容不符");
        assertThat(wrong.lines().get(0).held()).isEqualTo("1.17");
        assertThat(wrong.lines().get(0).heldRoot()).isEqualTo("0".repeat(16));
        assertThat(shown.rows().get(1).age()).isEqualTo(-1);
        assertThat(shown.rows().get(1).since()).isEqualTo("2026-05-01 16:00:00");
    }

    @Test
    void words_are_in_the_language_asked_for() {
        SyncProof proof = new SyncProof(1, true, List.of(device(1, true, list(SyncState.BEHIND))));
        SyncView.Shown shown = view.of(ONE, proof, Locale.ENGLISH);
        assertThat(shown.rows().get(0).lines().get(0).word()).isEqualTo("behind");
        assertThat(shown.rows().get(0).lines().get(0).kind()).isEqualTo("access list");
        assertThat(shown.compiling()).isTrue();
    }

    private static OfList list(SyncState state) {
        ListState held = new ListState(ListKind.ACCESS, new ListVersion(1, 17), Hash.ZERO);
        return new OfList(ListKind.ACCESS, Optional.empty(), Optional.of(held), state);
    }

    private static OfDevice device(long number, boolean connected, OfList list) {
        return new OfDevice(
                new DeviceRow(ONE, new DeviceId(number), DeviceKind.CONTROLLER, "门" + number),
                connected,
                Optional.of(Instant.parse("2026-05-01T08:00:00Z")),
                Optional.of(Duration.ofSeconds(3)).filter(any -> connected),
                true,
                List.of(list));
    }
}
