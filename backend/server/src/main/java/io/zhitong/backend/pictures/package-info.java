/** Pictures that devices took of their events: which belongs to which, and who looked at it (抓拍). */
@ApplicationModule(
        displayName = "pictures 抓拍",
        allowedDependencies = {"foundation", "audit", "identity", "web", "estate", "events", "devices", "wall"})
@NullMarked
package io.zhitong.backend.pictures;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
