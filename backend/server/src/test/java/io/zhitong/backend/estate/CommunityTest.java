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
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

@BothDatabases
final class CommunityTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestEstate test;
    private final Estate estate;

    CommunityTest(TestDatabase database) {
        test = new TestEstate(database);
        estate = test.estate();
    }

    @Test
    void a_community_number_has_eight_digits_because_it_is_a_key_factor() {
        for (int number : new int[] {0, 9_999_999, 100_000_000, -44030001}) {
            assertThatThrownBy(() -> community(number, "4403")).hasMessageContaining("8 digits, got " + number);
        }
    }

    @Test
    void a_city_code_has_four_ascii_digits() {
        for (String code : new String[] {"", "440", "44030", "44O3", "4403 ", "٤٤٠٣"}) {
            assertThatThrownBy(() -> community(44030001, code)).hasMessageContaining("4 digits");
        }
    }

    @Test
    void zone_and_cut_off_come_back_as_they_were() {
        int id = 0;
        for (String[] one : new String[][] {
            {"Asia/Shanghai", "00:00"}, {"Asia/Urumqi", "04:30"}, {"UTC", "23:59:59.999999999"}, {"+08:00", "12:00"}
        }) {
            Community kept = new Community(
                    new CommunityId(++id), 44030000 + id, "智通花园", "4403", ZoneId.of(one[0]), LocalTime.parse(one[1]));
            estate.addCommunity(kept);
            assertThat(estate.community(kept.id())).hasValue(kept);
        }
    }

    @Test
    void no_two_communities_share_a_number_because_their_keys_would_be_the_same() {
        test.community(1);
        Community twin =
                new Community(new CommunityId(9), 44030001, "同号", "4403", ZoneId.of("UTC"), LocalTime.MIDNIGHT);
        assertThatThrownBy(() -> estate.addCommunity(twin)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void communities_are_listed_by_their_number_and_an_unknown_one_is_absent() {
        test.community(3);
        test.community(1);
        assertThat(estate.communities()).extracting(c -> c.id().value()).containsExactly(1, 3);
        assertThat(estate.community(new CommunityId(2))).isEmpty();
    }

    @Test
    void a_unit_lies_in_a_building_of_its_own_community_and_its_name_is_given_once() {
        UUID building = estate.addBuilding(test.community(1).id(), "1号楼");
        estate.addUnit(ONE, building, "1号楼101");
        assertThatThrownBy(() -> estate.addUnit(ONE, building, "1号楼101")).isInstanceOf(DuplicateKeyException.class);
        CommunityId two = test.community(2).id();
        assertThatThrownBy(() -> estate.addUnit(two, building, "1号楼102"))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(estate.units(ONE)).extracting(UnitRow::name).containsExactly("1号楼101");
        assertThat(estate.units(two)).isEmpty();
    }

    @Test
    void points_stand_in_the_order_of_device_and_number_whatever_came_first() {
        test.community(1);
        for (long device : new long[] {0xFFFF_FFFFL, 7}) {
            estate.addDevice(new DeviceRow(ONE, new DeviceId(device), DeviceKind.CONTROLLER, "d" + device));
            for (int point : new int[] {0xFFFF, 1}) {
                estate.addPoint(point(device, point));
            }
        }
        assertThat(estate.points(ONE))
                .extracting(p -> p.device().value() + "/" + p.id().value())
                .containsExactly("7/1", "7/65535", "4294967295/1", "4294967295/65535");
        assertThat(estate.points(DeviceAddress.of(1, 7))).hasSize(2);
        assertThat(estate.devices(ONE)).extracting(d -> d.id().value()).containsExactly(7L, 0xFFFF_FFFFL);
    }

    @Test
    void a_point_without_its_device_and_a_point_given_twice_are_refused() {
        test.community(1);
        assertThatThrownBy(() -> estate.addPoint(point(7, 1))).isInstanceOf(DataIntegrityViolationException.class);
        estate.addDevice(new DeviceRow(ONE, new DeviceId(7), DeviceKind.CONTROLLER, "d"));
        estate.addPoint(point(7, 1));
        assertThatThrownBy(() -> estate.addPoint(point(7, 1))).isInstanceOf(DuplicateKeyException.class);
    }

    private static PointRow point(long device, int number) {
        return new PointRow(ONE, new DeviceId(device), new PointId(number), PointKind.DOOR, AccessMethod.SEALED, "门");
    }

    private static Community community(int number, String city) {
        return new Community(ONE, number, "x", city, ZoneId.of("UTC"), LocalTime.MIDNIGHT);
    }
}
