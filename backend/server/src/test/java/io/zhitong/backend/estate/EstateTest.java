package io.zhitong.backend.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@BothDatabases
final class EstateTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestEstate estate;

    EstateTest(TestDatabase database) {
        estate = new TestEstate(database);
    }

    @Test
    void the_demo_estate_has_a_sealed_door_a_fast_door_and_a_till_and_seeds_once() {
        Community demo = estate.demo();
        estate.demo();
        assertThat(demo.number()).isEqualTo(44030001);
        assertThat(demo.zone().getId()).isEqualTo("Asia/Shanghai");
        assertThat(estate.estate().points(ONE))
                .extracting(p -> p.device().value(), p -> p.id().value(), PointRow::name, PointRow::method)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(42L, 1, "1号楼大门", AccessMethod.SEALED),
                        org.assertj.core.groups.Tuple.tuple(42L, 2, "地下车库门", AccessMethod.FAST),
                        org.assertj.core.groups.Tuple.tuple(43L, 1, "社区便利店", AccessMethod.NONE));
        assertThat(estate.estate().units(ONE)).hasSize(12);
    }

    @Test
    void two_communities_may_number_their_devices_alike() {
        estate.demo();
        estate.community(2);
        estate.estate().addDevice(new DeviceRow(new CommunityId(2), new DeviceId(42), DeviceKind.POS, "另一个"));
        assertThat(estate.estate().device(DeviceAddress.of(1, 42)).orElseThrow().name())
                .isEqualTo("1号楼门禁控制器");
        assertThat(estate.estate().device(DeviceAddress.of(2, 42)).orElseThrow().name())
                .isEqualTo("另一个");
        assertThat(estate.estate().device(DeviceAddress.of(3, 42))).isEmpty();
        assertThatThrownBy(() -> estate.demoDeviceAgain()).isInstanceOf(DuplicateKeyException.class);
    }
}
