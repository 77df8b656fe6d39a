package io.zhitong.backend.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.boards.Board;
import io.zhitong.backend.boards.Boards;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.OpenTokens;
import io.zhitong.backend.devices.StandingCertificates;
import io.zhitong.backend.devices.TestDevice;
import io.zhitong.backend.estate.DeviceBook;
import io.zhitong.backend.estate.DeviceEntry;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.RunningBackend;
import io.zhitong.keyapi.RevocationReason;
import io.zhitong.link.EnrolmentRefusedException;
import io.zhitong.machinetls.MachineRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeviceRegisterTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor ADMIN = new Actor("admin");
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 7_200_001);
    private static final DeviceAddress BOARD = DeviceAddress.of(1, 7_200_002);

    private final RunningBackend backend;
    private final DeviceRegister register;

    DeviceRegisterTest(RunningBackend backend) {
        this.backend = backend;
        this.register = backend.bean(DeviceRegister.class);
    }

    /** Others count the devices in service. */
    @AfterEach
    void outOfTheWay() {
        for (DeviceAddress device : List.of(DOOR, BOARD)) {
            if (backend.bean(DeviceBook.class)
                    .entry(device)
                    .filter(DeviceEntry::inService)
                    .isPresent()) {
                register.retire(device, RevocationReason.RETIRED, ADMIN);
            }
        }
    }

    private void there() {
        if (backend.bean(DeviceBook.class).entry(DOOR).isPresent()) {
            register.reinstate(DOOR, ADMIN);
        } else {
            register.add(new DeviceRow(ONE, DOOR.device(), DeviceKind.CONTROLLER, "后门控制器"), "", ADMIN);
            register.addPoint(DOOR, new PointTyped(1, PointKind.DOOR, AccessMethod.SEALED, "后门"), ADMIN);
        }
    }

    private static void refused(RegisterRefusal reason, ThrowingCallable act) {
        assertThatExceptionOfType(RegisterRefusedException.class)
                .isThrownBy(act)
                .extracting(RegisterRefusedException::reason)
                .isEqualTo(reason);
    }

    @Test
    void retired_device_loses_its_session_and_its_way_back_until_it_is_put_into_service_again() {
        there();
        String token = register.issue(DOOR, ADMIN);
        try (TestDevice device = TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 7201)) {
            Eventually.holds(
                    "connected, with its points",
                    () -> device.linked()
                            && device.held(ListKind.POINTS)
                                    .filter(list -> list.records().size() == 1)
                                    .isPresent());
            refused(RegisterRefusal.CERTIFIED, () -> register.issue(DOOR, ADMIN));
            refused(RegisterRefusal.LIVES, () -> register.issueReplacement(DOOR, false, ADMIN));
            register.retire(DOOR, RevocationReason.LOST, ADMIN);
            Eventually.holds("its session ended", () -> !device.linked());
        }
        assertThat(backend.bean(StandingCertificates.class).of(DOOR)).isEmpty();
        refused(RegisterRefusal.RETIRED, () -> register.issue(DOOR, ADMIN));
        assertThatExceptionOfType(EnrolmentRefusedException.class)
                .isThrownBy(() -> TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 7202));
        assertThat(backend.bean(DeviceLists.class).newest(DOOR, ListKind.POINTS))
                .as("what it held can be read")
                .isPresent();
        register.reinstate(DOOR, ADMIN);
        // Of a device that may still count as connected: that its session ended is noted a moment later.
        refused(RegisterRefusal.NOT_CERTIFIED, () -> register.issueReplacement(DOOR, true, ADMIN));
        String again = register.issue(DOOR, ADMIN);
        try (TestDevice device = TestDevice.enrolled(backend, MachineRole.CONTROLLER, again, 7203)) {
            Eventually.holds("connected", device::linked);
        }
    }

    @Test
    void token_of_a_device_that_is_retired_before_it_is_used_brings_no_certificate() {
        there();
        String token = register.issue(DOOR, ADMIN);
        register.retire(DOOR, RevocationReason.RETIRED, ADMIN);
        assertThatExceptionOfType(EnrolmentRefusedException.class)
                .isThrownBy(() -> TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 7204));
        register.reinstate(DOOR, ADMIN);
        assertThatExceptionOfType(EnrolmentRefusedException.class)
                .as("not even when it is in service again")
                .isThrownBy(() -> TestDevice.enrolled(backend, MachineRole.CONTROLLER, token, 7205));
    }

    @Test
    void of_four_administrators_who_issue_at_once_one_gets_a_token() throws Exception {
        there();
        ExecutorService administrators = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(this::issued);
        }
        int given = 0;
        for (Future<Boolean> each : administrators.invokeAll(asked)) {
            given += each.get() ? 1 : 0;
        }
        administrators.shutdown();
        assertThat(given).isEqualTo(1);
        assertThat(backend.bean(OpenTokens.class).of(ONE))
                .filteredOn(token -> token.device().equals(DOOR))
                .hasSize(1);
    }

    private boolean issued() {
        try {
            register.issue(DOOR, ADMIN);
            return true;
        } catch (RegisterRefusedException e) {
            assertThat(e.reason()).isEqualTo(RegisterRefusal.TOKEN_OPEN);
            return false;
        }
    }

    @Test
    void board_of_another_make_is_renamed_and_retired_here_and_gets_neither_token_nor_point() {
        Boards boards = backend.bean(Boards.class);
        boards.add(new Board(BOARD, 700_200_002, "127.0.0.1", 9), "车棚板", 2, ADMIN);
        register.describe(BOARD, "车棚控制板", "车棚", ADMIN);
        refused(RegisterRefusal.BOARD, () -> register.issue(BOARD, ADMIN));
        PointTyped third = new PointTyped(3, PointKind.DOOR, AccessMethod.NUMBER, "车棚三门");
        refused(RegisterRefusal.BOARD, () -> register.addPoint(BOARD, third, ADMIN));
        PointTyped other = new PointTyped(1, PointKind.DOOR, AccessMethod.SEALED, "车棚");
        refused(RegisterRefusal.BOARD, () -> register.changePoint(BOARD, other, ADMIN));
        register.changePoint(BOARD, new PointTyped(1, PointKind.DOOR, AccessMethod.NUMBER, "车棚前门"), ADMIN);
        assertThat(boards.of(ONE)).extracting(Board::device).contains(BOARD);
        register.retire(BOARD, RevocationReason.RETIRED, ADMIN);
        assertThat(boards.of(ONE)).extracting(Board::device).doesNotContain(BOARD);
        assertThat(boards.devices(ONE)).contains(BOARD.device());
        Board elsewhere = new Board(new DeviceAddress(ONE, new DeviceId(7_200_003)), 700_200_002, "127.0.0.1", 9);
        assertThat(boards.add(elsewhere, "同一块板", 2, ADMIN)).isFalse();
        refused(RegisterRefusal.UNKNOWN, () -> register.retire(elsewhere.device(), RevocationReason.LOST, ADMIN));
    }
}
