package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import java.time.Instant;
import java.util.Optional;

/**
 * An alarm (报警).
 *
 * @param position of its record in the event store, {@link #AHEAD} = only the copy that hurried ahead is here yet
 * @param ended when the device told that it was over
 * @param seen who saw to it; nothing while nobody has
 */
public record Alarm(
        long position,
        DeviceId device,
        PointId point,
        EventKind kind,
        Instant happened,
        Optional<Instant> ended,
        Optional<Seen> seen) {
    public static final long AHEAD = 0;

    /** Acknowledgement (确认). */
    public record Seen(Instant at, String who, String note) {}

    public boolean ahead() {
        return position == AHEAD;
    }
}
