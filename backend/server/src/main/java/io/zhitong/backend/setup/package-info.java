/** How a new installation gets its first administrator, and an administrator the other users (首次设置与用户管理). */
@ApplicationModule(
        displayName = "setup 首次设置与用户管理",
        allowedDependencies = {"foundation", "audit", "identity", "estate", "web"})
@NullMarked
package io.zhitong.backend.setup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
