/** Users of the console, their roles, log-in and sessions (用户与角色). */
@ApplicationModule(
        displayName = "identity 身份",
        allowedDependencies = {"foundation", "audit"})
@NullMarked
package io.zhitong.backend.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
