package io.zhitong.backend.access;

/** Why a policy cannot be put in force (策略缺陷). */
public enum PolicyFault {
    UNKNOWN_GROUP("规则所指的人员组不存在", "The rule names a people group that is not there."),
    UNKNOWN_SCHEDULE("所指的时段不存在", "It names a schedule that is not there."),
    UNKNOWN_FLOORS("规则所指的楼层组不存在", "The rule names a floor group that is not there."),
    UNKNOWN_AREA("所指的区域不存在", "It names an area that is not there."),
    UNKNOWN_POINT("所指的设备或门点不存在", "It names a device or point that is not there."),
    NO_FIRE_CONTACT("消防分区内的门点须有本机消防触点", "A point in a fire zone needs a wired fire contact of its own."),
    TOO_MANY("条目过多", "There are too many of this kind."),
    TOO_MANY_RIGHTS("该人员组在一台设备上的权限超过1024条", "The group has more than 1,024 rights at one device.");

    private final String chinese;
    private final String english;

    PolicyFault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /** Where it is. */
    public record Found(ItemKey where, PolicyFault what) {}
}
