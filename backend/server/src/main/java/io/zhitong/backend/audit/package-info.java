/** Who did what, with before and after, append-only and chained by SM3 (审计日志). */
@ApplicationModule(
        displayName = "audit 审计",
        allowedDependencies = {"foundation"})
@NullMarked
package io.zhitong.backend.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
