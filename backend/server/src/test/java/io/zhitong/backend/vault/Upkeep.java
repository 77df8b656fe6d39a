package io.zhitong.backend.vault;

import io.zhitong.backend.testing.RunningBackend;

/** The look at the machines' certificates that a running backend takes every few seconds, taken at once. */
public final class Upkeep {
    private Upkeep() {}

    public static void now(RunningBackend backend) {
        backend.bean(MachineUpkeep.class).look();
    }
}
