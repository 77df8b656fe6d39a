package io.zhitong.accessmodel;

/** What a signed command asks for (指令). */
public enum CommandKind implements Coded {
    OPEN(1, "开门", "open once"),
    LOCK_DOWN(2, "封锁", "lock down"),
    UNLOCK(3, "常开", "hold unlocked"),
    RELEASE(4, "恢复正常", "back to normal"),
    RELAY(5, "继电器", "pulse a relay"),
    CLOCK(6, "校时", "set the clock"),
    SALE(7, "收款", "take a payment"),
    SALE_CANCEL(8, "取消收款", "cancel a payment that waits for a card"),
    UPDATE(9, "升级", "install an update"),
    LEASE_CHALLENGE(10, "PSAM租约查询", "tell the PSAM's lease and draw a challenge"),
    LEASE_RENEWAL(11, "PSAM租约续期", "renew the PSAM's lease"),
    ADMIT(12, "值守放行", "let in who was denied"),
    THREAT(13, "警戒级别", "set the threat level"),
    FIRE(14, "火警联动", "free a fire zone"),
    FIRE_RESET(15, "火警复位", "end fire that was ordered"),
    AMNESTY(16, "反潜回赦免", "forget where people are"),
    LIFT(17, "访客派梯", "bring a visitor to the host's floor");

    private final int code;
    private final String chinese;
    private final String english;

    CommandKind(int code, String chinese, String english) {
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
