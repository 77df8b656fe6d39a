/** The shell of every page: layout, menu, banners, error pages (界面框架). */
@ApplicationModule(
        displayName = "web 界面",
        allowedDependencies = {"foundation", "identity"})
@NullMarked
package io.zhitong.backend.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
