package io.zhitong.keyvault;

import io.zhitong.keyapi.IssuedMachine;
import java.time.Duration;
import java.time.Instant;

/** How a machine certificate stands (机器证书状态). */
enum MachineState {
    VALID("有效", "valid"),
    DUE("待续期", "due for renewal"),
    OVER("已过期", "over"),
    REVOKED("已吊销", "revoked");

    private static final int PARTS = 3;

    private final String chinese;
    private final String english;

    MachineState(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    static MachineState of(IssuedMachine machine, boolean revoked, Instant now) {
        if (revoked) {
            return REVOKED;
        }
        if (now.isAfter(machine.to())) {
            return OVER;
        }
        Duration life = Duration.between(machine.from(), machine.to());
        return now.isBefore(machine.to().minus(life.dividedBy(PARTS))) ? VALID : DUE;
    }

    /** Whether it is believed. */
    boolean counts() {
        return this == VALID || this == DUE;
    }

    String chinese() {
        return chinese;
    }

    String english() {
        return english;
    }
}
