package io.zhitong.link;

/** What a device wants to know of its link, and what the link wants to know of it (连接观察). Calls must be short. */
public interface LinkMonitor {

    /** What the next heartbeat says. */
    DeviceStatus status();

    /** The backend greeted us. */
    void connected();

    /** The connection is gone; a new attempt follows by itself. */
    void disconnected(CloseReason reason);

    /**
     * A new estimate.
     *
     * @param backendMillis the backend's time now, ms since 1970
     * @param errorMillis at most so far off: half the round trip
     */
    void time(long backendMillis, long errorMillis);
}
