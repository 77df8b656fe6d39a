/** Personal data at the console: who reads a number and why, who is erased, what other systems bring (个人信息). */
@ApplicationModule(
        displayName = "persons 个人信息",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "devices",
            "cards",
            "parking",
            "access"
        })
@NullMarked
package io.zhitong.backend.persons;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
