/** The gateway: enrolment, sessions, signed lists and commands of devices; knows no business (设备网关). */
@ApplicationModule(
        displayName = "devices 设备",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "events", "vault"})
@NullMarked
package io.zhitong.backend.devices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
