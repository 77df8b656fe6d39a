/** The live wall: what happens at the points, as it happens, and how the devices are (实时事件墙). */
@ApplicationModule(
        displayName = "wall 事件墙",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "events",
            "devices",
            "access",
            "presence"
        })
@NullMarked
package io.zhitong.backend.wall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
