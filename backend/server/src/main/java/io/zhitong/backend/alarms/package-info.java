/** Alarms of devices: shown ahead of their record, kept until somebody has seen to them (报警). */
@ApplicationModule(
        displayName = "alarms 报警",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "events", "devices", "pictures"})
@NullMarked
package io.zhitong.backend.alarms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
