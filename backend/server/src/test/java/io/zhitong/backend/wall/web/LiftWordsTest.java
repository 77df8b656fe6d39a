package io.zhitong.backend.wall.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LiftWordsTest {
    private static final LiftWords CHINESE = new LiftWords(false);
    private static final LiftWords ENGLISH = new LiftWords(true);
    private static final Set<Integer> THREE = new TreeSet<>(List.of(7, 12, 264));

    @Test
    void the_only_floor_need_not_be_typed_and_of_several_one_has_to_be() {
        assertThat(LiftChoice.floor("", Set.of(7))).hasValue(7);
        assertThat(LiftChoice.floor("", THREE)).isEmpty();
        assertThat(LiftChoice.floor("12", THREE)).hasValue(12);
        assertThat(LiftChoice.floor("264", THREE)).hasValue(264);
    }

    @Test
    void a_floor_that_is_not_theirs_or_no_number_is_none() {
        for (String typed : List.of("8", "-7", "07", "7.0", "x", "99999999999999999999")) {
            assertThat(LiftChoice.floor(typed, THREE)).as(typed).isEmpty();
        }
        assertThat(LiftChoice.floor("", Set.of())).isEmpty();
    }

    @Test
    void lifts_are_the_points_of_that_kind_under_one_name_each() {
        PointRow lift = point(3, PointKind.LIFT);
        assertThat(LiftChoice.lifts(List.of(point(1, PointKind.DOOR), lift))).containsExactly(lift);
        assertThat(LiftChoice.id(lift)).isEqualTo("42-3");
    }

    @Test
    void every_answer_speaks_the_operators_language() {
        for (LiftWords.Refusal refusal : LiftWords.Refusal.values()) {
            assertThat(CHINESE.not(refusal).text()).containsPattern("\\p{IsHan}");
            assertThat(ENGLISH.not(refusal).text()).doesNotContainPattern("\\p{IsHan}");
            assertThat(CHINESE.not(refusal).done()).isFalse();
        }
        assertThat(CHINESE.choose(THREE).text()).isEqualTo("请选择该户的楼层：7、12、264。");
        assertThat(ENGLISH.choose(THREE).text()).endsWith("7, 12, 264.");
        assertThat(CHINESE.choose(Set.of()).text()).contains("无权");
        assertThat(ENGLISH.choose(Set.of()).text()).startsWith("Nobody of this home");
        LiftOrder order = new LiftOrder(CredentialNumber.parse("4403010100000003"), 12, 5);
        assertThat(CHINESE.done(order)).isEqualTo("电梯已呼至大堂，12 层 5 分钟内可到达。");
        assertThat(ENGLISH.done(order)).contains("floor 12", "5 min");
    }

    @Test
    void a_door_that_stayed_shut_is_told_beside_what_became_of_the_lift() {
        OrderAnswers.Outcome shut =
                CHINESE.doorShut(new OrderAnswers.Outcome(false, "设备未连接"), new OrderAnswers.Outcome(true, "电梯已呼至大堂"));
        assertThat(shut.done()).isFalse();
        assertThat(shut.text()).isEqualTo("门未打开：设备未连接 电梯已呼至大堂");
    }

    private static PointRow point(int id, PointKind kind) {
        return new PointRow(
                new CommunityId(1), new DeviceId(42), new PointId(id), kind, AccessMethod.SEALED, "门点" + id);
    }
}
