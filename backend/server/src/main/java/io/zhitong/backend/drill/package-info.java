/** Drills of fire release, held doors and duress, with evidence from the event store (演练). */
@ApplicationModule(
        displayName = "drill 演练",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "events"})
@NullMarked
package io.zhitong.backend.drill;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
