package io.zhitong.fleet;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted and timed while a fleet runs (运行计量). Safe for use by several threads. */
public final class Meters {

    /** From the beginning of the run, or of a controller's outage, to the backend's greeting. */
    final Samples connecting = new Samples();

    /** The engine alone. */
    final Samples deciding = new Samples();

    /** From an event's record to the backend's acknowledgement. */
    final Samples acknowledging = new Samples();

    final AtomicLong connected = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong granted = new AtomicLong();
    final AtomicLong denied = new AtomicLong();
    final AtomicLong listsInstalled = new AtomicLong();
    final AtomicLong listsRefused = new AtomicLong();
    final AtomicLong commands = new AtomicLong();
}
