package io.zhitong.accessmodel;

import java.util.Optional;

/**
 * Something a controller was asked to hold and cannot (无法执行项). What cannot be held is left out, so a shortfall never lets anybody
 * in.
 *
 * @param point the point it is about, {@link PointId#DEVICE} = the whole controller
 * @param count how many credentials it concerns, 0 = the point itself
 * @param first one of those credentials
 */
public record Shortfall(Kind kind, PointId point, long count, Optional<io.zhitong.cardspec.CredentialNumber> first) {

    /** What is missing (缺少的能力). */
    public enum Kind implements Coded {
        NO_SUCH_POINT(1, "无此门", "the controller has no such point"),
        MODE(2, "不支持的门点模式", "a mode the controller does not know"),
        LEVEL(3, "安全级别过高", "the point asks for more than a copied number"),
        AREA(4, "不支持区域规则", "anti-passback or a limit of persons by area"),
        INTERLOCK(5, "不支持的互锁组合", "an interlock of these doors"),
        THREAT(6, "不支持警戒级别", "a threat level"),
        LEASE(7, "不支持租期", "a lease after which the list stops granting"),
        BY_CLOCK(8, "不支持定时常开", "unlocking by the clock"),
        FIRE(9, "消防须硬接线", "a fire contact; it must cut the lock's power itself"),
        NO_NUMBER(10, "无旧卡号", "the credential has no number such a reader sends"),
        NUMBER_TWICE(11, "卡号重复", "two credentials with one number"),
        USES(12, "不支持次数", "a limited number of passes"),
        ESCORT(13, "不支持陪同", "an escort"),
        NO_PIN(14, "无密码", "a PIN that is asked for here"),
        HOURS(15, "时段过多", "more time profiles than there is room for"),
        ROOM(16, "卡容量不足", "more cards than there is room for"),
        BY_COMMAND(17, "按指令保持", "the door stands as a command left it");

        private final int code;
        private final String chinese;
        private final String english;

        Kind(int code, String chinese, String english) {
            this.code = code;
            this.chinese = chinese;
            this.english = english;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public String chinese() {
            return chinese;
        }

        @Override
        public String english() {
            return english;
        }
    }

    /** About a point, not about somebody. */
    public static Shortfall of(Kind kind, PointId point) {
        return new Shortfall(kind, point, 0, Optional.empty());
    }
}
