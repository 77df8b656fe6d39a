/** Why a past decision was as it was, and how the same would be decided now (判定说明). */
@ApplicationModule(
        displayName = "explain 判定说明",
        allowedDependencies = {
            "foundation",
            "identity",
            "web",
            "estate",
            "events",
            "devices",
            "access",
            "presence",
            "wall",
            "pictures"
        })
@NullMarked
package io.zhitong.backend.explain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
