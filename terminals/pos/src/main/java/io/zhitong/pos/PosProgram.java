package io.zhitong.pos;

import io.zhitong.edge.DeviceProgram;
import io.zhitong.machinetls.MachineRole;

/** The payment terminal's program (消费终端程序). Configuration and cashier line: docs/pos.md. */
public final class PosProgram {
    private PosProgram() {}

    /** Runs until SIGTERM; exit codes as {@link DeviceProgram}. */
    public static void main(String[] arguments) {
        DeviceProgram.main("pos", MachineRole.POS, Pos::start, arguments);
    }
}
