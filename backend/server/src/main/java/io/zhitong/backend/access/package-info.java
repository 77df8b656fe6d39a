/** Who may pass where and when, as versioned data, and the access lists compiled from it (门禁规则). */
@ApplicationModule(
        displayName = "access 门禁规则",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "people", "events", "devices"})
@NullMarked
package io.zhitong.backend.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
