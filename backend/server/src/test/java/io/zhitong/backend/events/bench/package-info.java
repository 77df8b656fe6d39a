/** Figures of the event store: {@code bin/bench event-store event-ingest event-backlog} (事件库性能). */
@NullMarked
package io.zhitong.backend.events.bench;

import org.jspecify.annotations.NullMarked;
