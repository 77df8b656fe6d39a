package io.zhitong.backend.access;

/** Why a wire is refused (接线不通过原因). */
public enum WiringFault {
    TERMINAL("端子号为 1 到 4096", "A terminal has a number from 1 to 4,096."),
    TAKEN("该端子已接其他线，请先拆下", "This terminal is taken: take its wire off first."),
    OTHER_SIDE(
            "该功能接在另一侧端子：锁、灯、警号等接输出，触点、按钮等接输入",
            "This function belongs to the other side: locks, lights and sirens to outputs, contacts and buttons to inputs."),
    NOT_SUPERVISED("只有输入线可以监测断线与短路", "Only inputs can be supervised."),
    NO_POINT(
            "请选择本控制器的门点；锁、门磁、按钮等必须属于一个门点",
            "Choose a point of this controller: locks, contacts and buttons belong to one."),
    TWICE(
            "该门点的这一功能已接在另一端子；若有多个，请给不同的序号",
            "This function of the point is wired already: where there are several, give each its own number."),
    NO_FIRE_CONTACT(
            "该门点在消防分区内：先在其消防触点端子接上消防触点，才能接锁",
            "The point is in a fire zone: wire the fire contact at its terminal before its lock."),
    FIRE_NEEDED(
            "消防分区内已接锁的门点不能没有消防触点：请先拆下锁",
            "A point in a fire zone with a lock cannot be without its fire contact: take the lock off first."),
    NOT_THERE("该端子没有接线", "Nothing is wired there.");

    private final String chinese;
    private final String english;

    WiringFault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
