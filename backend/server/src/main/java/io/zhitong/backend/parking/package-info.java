/** Parking lots: which cars are inside, as the lanes tell, and whose spaces are whose; both told to the lanes (车场). */
@ApplicationModule(
        displayName = "parking 车场",
        allowedDependencies = {
            "foundation",
            "audit",
            "identity",
            "web",
            "estate",
            "people",
            "events",
            "devices",
            "access"
        })
@NullMarked
package io.zhitong.backend.parking;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
