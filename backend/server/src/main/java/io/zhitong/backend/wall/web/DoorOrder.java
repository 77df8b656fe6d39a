package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommandKind;

/** What an operator may do to one door from the wall (单门指令). */
enum DoorOrder {
    OPEN(CommandKind.OPEN, "已开门。", "The door was opened."),
    ADMIT(CommandKind.ADMIT, "已放行刚才被拒绝的人。", "Who was denied last was let in."),
    LOCK_DOWN(CommandKind.LOCK_DOWN, "已封锁。", "The door is locked down."),
    UNLOCK(CommandKind.UNLOCK, "已设为常开。", "The door is held unlocked."),
    RELEASE(CommandKind.RELEASE, "已恢复正常。", "The door is back to normal.");

    private final CommandKind kind;
    private final String chinese;
    private final String english;

    DoorOrder(CommandKind kind, String chinese, String english) {
        this.kind = kind;
        this.chinese = chinese;
        this.english = english;
    }

    CommandKind kind() {
        return kind;
    }

    String done(boolean inEnglish) {
        return inEnglish ? english : chinese;
    }
}
