package io.zhitong.backend.drill;

import io.zhitong.accessmodel.CommunityId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One drill (演练).
 *
 * @param fromPosition events above it count
 * @param end empty while it goes on
 */
public record Drill(
        CommunityId community,
        UUID id,
        DrillKind kind,
        List<DrillPoint> points,
        String startedBy,
        Instant startedAt,
        long fromPosition,
        Optional<End> end) {
    /** What happens later belongs to no drill, ended or not. */
    public static final Duration LONGEST = Duration.ofHours(4);

    public Drill {
        points = List.copyOf(points);
    }

    /**
     * How it ended (演练结束).
     *
     * @param toPosition the last event that counts
     * @param digest SM3 over the result's text, 64 hex digits: a result that reads differently later is noticed
     */
    public record End(String by, Instant at, long toPosition, boolean passed, String digest) {}
}
