/** The register of a community's devices: adding, naming, enrolling and retiring them (设备登记). */
@ApplicationModule(
        displayName = "register 设备登记",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
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
