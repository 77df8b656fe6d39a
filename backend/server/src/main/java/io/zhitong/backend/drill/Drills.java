package io.zhitong.backend.drill;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.identity.ConsoleUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts and ends drills and says what they showed (演练管理). Thread-safe. */
@Component
public class Drills {
    /** Points of one drill at most. */
    public static final int MOST_POINTS = 200;

    private static final int PAGE = 500;

    private final DrillRows rows;
    private final EventReader events;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Drills(DrillRows rows, EventReader events, AuditLog audit, TimeOrderedIds ids, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** From now on what happens at these points counts. */
    @Transactional
    public Drill start(ConsoleUser by, DrillKind kind, List<DrillPoint> points) {
        if (points.isEmpty() || points.size() > MOST_POINTS) {
            throw new IllegalArgumentException("a drill has 1 to " + MOST_POINTS + " points, got " + points.size());
        }
        CommunityId community = by.community();
        Drill drill = new Drill(
                community, ids.next(), kind, points, by.login(), now(), events.newest(community), Optional.empty());
        rows.insert(drill);
        String where = String.join(" ", points.stream().map(DrillPoint::key).toList());
        audit.record(community, by.actor(), "drill.start", "drill " + drill.id(), "", kind + " " + where);
        return drill;
    }

    /** Ends it with what was seen until now; a drill that has ended stays as it is. */
    @Transactional
    public void end(ConsoleUser by, Drill drill) {
        long until = events.newest(drill.community());
        DrillResult result = result(drill, until);
        Drill.End end = new Drill.End(by.login(), now(), until, result.passed(), result.digest());
        if (rows.end(drill, end)) {
            String outcome = (result.passed() ? "passed " : "failed ") + result.digest();
            audit.record(drill.community(), by.actor(), "drill.end", "drill " + drill.id(), "", outcome);
        }
    }

    public Optional<Drill> find(CommunityId community, UUID id) {
        return rows.find(community, id);
    }

    /** Newest first, without their points. */
    public List<Drill> newest(CommunityId community, int limit) {
        return rows.newest(community, limit);
    }

    /** What the event store shows of it now. */
    public DrillResult result(Drill drill) {
        return result(drill, drill.end().map(Drill.End::toPosition).orElse(Long.MAX_VALUE - 1));
    }

    private DrillResult result(Drill drill, long until) {
        List<StoredEvent> found = new ArrayList<>();
        long before = until + 1;
        List<StoredEvent> page;
        do {
            page = events.before(drill.community(), before, drill.kind().kinds(), PAGE);
            found.addAll(page);
            before = page.isEmpty() ? 0 : page.get(page.size() - 1).position();
        } while (page.size() == PAGE && before > drill.fromPosition());
        return DrillResult.of(drill, found);
    }

    /** Days until each kind is due again, negative where it is overdue, empty where none ever passed. */
    public Map<DrillKind, Optional<Long>> due(CommunityId community) {
        Map<DrillKind, Optional<Long>> due = new EnumMap<>(DrillKind.class);
        for (DrillKind kind : DrillKind.values()) {
            due.put(
                    kind,
                    rows.lastPassed(community, kind)
                            .map(last -> kind.everyDays()
                                    - Duration.between(last, clock.instant()).toDays()));
        }
        return due;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
