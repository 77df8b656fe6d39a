/** Boards of another make, driven by a worker beside our own controllers (外来控制板). */
@ApplicationModule(
        displayName = "boards 外来控制板",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "events", "devices"})
@NullMarked
package io.zhitong.backend.boards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
