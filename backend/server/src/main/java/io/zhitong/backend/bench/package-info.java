/** The demo bench: a simulated building to try everything without hardware (演示台). Exists in demo mode only. */
@ApplicationModule(
        displayName = "bench 演示台",
        allowedDependencies = {"foundation", "identity", "web", "estate", "events", "wall"})
@NullMarked
package io.zhitong.backend.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
