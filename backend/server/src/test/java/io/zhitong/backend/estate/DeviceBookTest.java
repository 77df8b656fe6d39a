package io.zhitong.backend.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@BothDatabases
final class DeviceBookTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);
    private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");

    private final TestEstate test;
    private final Estate estate;
    private final DeviceBook book;

    DeviceBookTest(TestDatabase database) {
        test = new TestEstate(database);
        test.demo();
        estate = test.estate();
        book = new DeviceBook(database.jdbc(), estate);
    }

    @Test
    void a_retired_device_is_in_the_book_and_in_no_list_of_those_in_service() {
        book.retire(DOOR, Optional.of(NOW));
        assertThat(estate.devices(ONE)).extracting(row -> row.id().value()).containsExactly(43L);
        assertThat(estate.points(ONE)).extracting(row -> row.device().value()).containsExactly(43L);
        assertThat(estate.inService(DOOR)).isEmpty();
        assertThat(estate.everyDevice(ONE)).hasSize(2);
        assertThat(estate.everyPoint(ONE)).hasSize(3);
        assertThat(estate.points(DOOR)).hasSize(2);
        assertThat(estate.device(DOOR)).isPresent();
        assertThat(book.entry(DOOR).orElseThrow().retired()).hasValue(NOW);
        assertThat(book.entries(ONE)).extracting(DeviceEntry::inService).containsExactly(false, true);
        book.retire(DOOR, Optional.empty());
        assertThat(estate.inService(DOOR)).isPresent();
        assertThat(estate.points(ONE)).hasSize(3);
    }

    @Test
    void name_place_and_points_are_written_over_and_of_another_community_nothing() {
        Community two = test.community(2);
        book.add(new DeviceRow(two.id(), new DeviceId(42), DeviceKind.CONTROLLER, "别处"), "");
        book.describe(DOOR, "大堂门禁", "大堂弱电井");
        DeviceEntry entry = book.locked(DOOR).orElseThrow();
        assertThat(entry.row().name()).isEqualTo("大堂门禁");
        assertThat(entry.place()).isEqualTo("大堂弱电井");
        PointRow point =
                new PointRow(ONE, DOOR.device(), new PointId(1), PointKind.TURNSTILE, AccessMethod.FAST, "大堂闸机");
        book.describe(point);
        assertThat(estate.points(DOOR)).contains(point).hasSize(2);
        assertThat(book.entry(new DeviceAddress(two.id(), new DeviceId(42)))
                        .orElseThrow()
                        .row()
                        .name())
                .isEqualTo("别处");
    }

    @Test
    void a_number_is_given_once_also_when_its_device_is_retired() {
        book.retire(DOOR, Optional.of(NOW));
        DeviceRow again = new DeviceRow(ONE, DOOR.device(), DeviceKind.CONTROLLER, "另一台");
        assertThatThrownBy(() -> book.add(again, "")).isInstanceOf(DuplicateKeyException.class);
        assertThat(book.entry(DeviceAddress.of(1, 4711))).isEmpty();
    }
}
