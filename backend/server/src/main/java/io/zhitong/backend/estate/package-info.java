/** Communities, buildings, units, and the rows of devices and points (小区、楼栋、房屋). */
@ApplicationModule(
        displayName = "estate 小区",
        allowedDependencies = {"foundation", "audit"})
@NullMarked
package io.zhitong.backend.estate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
