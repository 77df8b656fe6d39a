/** Reports over communities for their property company and their city, and to whom a community shows itself (总览与归属). */
@ApplicationModule(
        displayName = "span 总览",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "events",
            "devices",
            "alarms",
            "ledger",
            "commerce"
        })
@NullMarked
package io.zhitong.backend.span;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
