/** The registers of a community: its homes and who lives there, its devices, their points and tokens (登记). */
@ApplicationModule(
        displayName = "register 登记",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "events",
            "devices",
            "boards",
            "access",
            "vault"
        })
@NullMarked
package io.zhitong.backend.register;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
