/** The store of device events and the cursors that read it (事件库). */
@ApplicationModule(
        displayName = "events 事件",
        allowedDependencies = {"foundation", "identity", "web", "estate"})
@NullMarked
package io.zhitong.backend.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
