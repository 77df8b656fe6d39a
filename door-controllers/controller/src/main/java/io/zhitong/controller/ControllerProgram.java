package io.zhitong.controller;

import io.zhitong.edge.DeviceProgram;
import io.zhitong.machinetls.MachineRole;

/** The door controller's program (门禁控制器程序). Configuration: docs/controller.md. */
public final class ControllerProgram {

    private ControllerProgram() {}

    /** Runs until SIGTERM; exit codes as {@link DeviceProgram}. */
    public static void main(String[] arguments) {
        WarmUp.begin();
        DeviceProgram.main("controller", MachineRole.CONTROLLER, Controller::start, arguments);
    }
}
