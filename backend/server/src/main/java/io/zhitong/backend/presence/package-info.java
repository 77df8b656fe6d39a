/** Who is in which area, as the passages tell: roll call, counts, and what devices are told of each other's passages (区域在场). */
@ApplicationModule(
        displayName = "presence 在场",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "events",
            "devices",
            "access"
        })
@NullMarked
package io.zhitong.backend.presence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
