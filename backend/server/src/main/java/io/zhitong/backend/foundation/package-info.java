/** What every module stands on: settings, identifiers, the database (基础). */
@ApplicationModule(
        displayName = "foundation 基础",
        allowedDependencies = {})
@NullMarked
package io.zhitong.backend.foundation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
