package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.explain.HeldList.Kept;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Explanation;
import io.zhitong.decision.OnSite;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Request;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Replays a past decision by the lists the device held at that second, with the engine the device runs (时间回溯判定). Thread-safe.
 */
@Component
public class Replays {
    /** Denials for what only the place knew and no state can be put in its stead. */
    private static final Set<DenyReason> OF_THE_PLACE = EnumSet.of(
            DenyReason.FLOOR_NOT_ALLOWED,
            DenyReason.CARD_MISSING,
            DenyReason.PLATE_MISSING,
            DenyReason.PLATE_MISMATCH,
            DenyReason.CARD_IN_USE,
            DenyReason.SPACES_TAKEN,
            DenyReason.LOT_FULL,
            DenyReason.INTERLOCK);

    private final PastLists lists;
    private final Clock clock;

    Replays(PastLists lists, Clock clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** Nothing for an event that is no decision, or whose body this version cannot read. */
    public Optional<Why> why(StoredEvent event) {
        return told(event.record()).map(told -> why(event, told));
    }

    private static Optional<AccessEvent> told(JournalRecord record) {
        if (record.kind() != EventKind.ACCESS_GRANTED && record.kind() != EventKind.ACCESS_DENIED) {
            return Optional.empty();
        }
        try {
            return Optional.of(AccessEvent.decode(record.body().toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private Why why(StoredEvent event, AccessEvent told) {
        JournalRecord record = event.record();
        PastRequest request = new PastRequest(record.point(), told, event.happened(), record.quality());
        List<HeldList> held = lists.at(event, told);
        Policy today = ListPolicy.of(lists.now(new DeviceAddress(record.community(), record.device())));
        Explanation now = Engine.explain(request.now(clock.instant()), today);
        if (held.stream().anyMatch(list -> list.kept() != Kept.KEPT)) {
            return new Why(event, told, held, Standing.NOT_KEPT, Optional.empty(), now);
        }
        return replayed(new Why(event, told, held, Standing.DIFFERS, Optional.empty(), now), request);
    }

    private static Why replayed(Why why, PastRequest request) {
        Policy then = ListPolicy.of(why.lists());
        Optional<Request> exact = request.told(then);
        if (exact.isPresent()) {
            Explanation replay = Engine.explain(exact.get(), then);
            if (!agrees(replay, why.told()) && lane(why, then)) {
                return unknown(why);
            }
            return found(why, agrees(replay, why.told()) ? Standing.AGREES : Standing.DIFFERS, replay);
        }
        Explanation quiet = Engine.explain(request.quiet(), then);
        if (agrees(quiet, why.told())) {
            return found(why, Standing.AGREES, quiet);
        }
        Request asRecorded = request.restored(then);
        Explanation restored = Engine.explain(asRecorded, then);
        if (agrees(restored, why.told())) {
            return found(why, Standing.RESTORED, restored);
        }
        if (ofThePlace(why, then)) {
            return unknown(why);
        }
        return found(why, needsTheSite(restored, why.told()) ? Standing.SITE : Standing.DIFFERS, restored);
    }

    private static Why found(Why why, Standing standing, Explanation then) {
        return new Why(why.event(), why.told(), why.lists(), standing, Optional.of(then), why.now());
    }

    private static Why unknown(Why why) {
        return new Why(why.event(), why.told(), why.lists(), Standing.UNKNOWN_SITE, Optional.empty(), why.now());
    }

    private static boolean agrees(Explanation replay, AccessEvent told) {
        return replay.decision() instanceof Decision.Deny deny
                ? deny.reason() == told.reason()
                : told.outcome() == Outcome.GRANTED;
    }

    /** At a lane the cars inside count, and no version of that list is kept; elsewhere some reasons name what was only seen there. */
    private static boolean ofThePlace(Why why, Policy then) {
        return lane(why, then) || OF_THE_PLACE.contains(why.told().reason());
    }

    private static boolean lane(Why why, Policy then) {
        return then.point(why.event().record().point())
                .map(PointRecord::pointKind)
                .filter(kind -> kind == PointKind.LANE)
                .isPresent();
    }

    /** Granted then, and denied on paper for nothing but what can be done at the place. */
    private static boolean needsTheSite(Explanation replay, AccessEvent told) {
        return told.outcome() == Outcome.GRANTED
                && !replay.changes().isEmpty()
                && replay.changes().stream().allMatch(OnSite.class::isInstance);
    }
}
