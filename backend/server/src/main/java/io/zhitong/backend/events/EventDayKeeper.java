package io.zhitong.backend.events;

import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Every hour: partitions for the days to come, and plain records out of the days whose time is over (分区维护). */
@Component
@RunsIn(BackendRole.WORKER)
final class EventDayKeeper implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(EventDayKeeper.class);
    private static final String JOB = "event-days";
    private static final Duration PAUSE = Duration.ofHours(1);
    /** Who waits for its turn looks oftener: the one who had it may be gone. */
    private static final Duration LOOK = Duration.ofMinutes(1);

    /** The owner's function refuses less. */
    private static final int LEAST_DAYS = 180;

    private final EventDays days;
    private final WorkerTurns turns;
    private final Clock clock;
    private final int keepDays;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::look);

    /** @param keepDays how long plain records are kept: 0 = for ever, else at least {@value #LEAST_DAYS} */
    EventDayKeeper(
            EventDays days, WorkerTurns turns, Clock clock, @Value("${zhitong.events.keep-days:0}") int keepDays) {
        if (keepDays != 0 && keepDays < LEAST_DAYS) {
            throw new IllegalArgumentException(
                    "zhitong.events.keep-days is 0 (for ever) or at least " + LEAST_DAYS + ", got " + keepDays);
        }
        this.days = days;
        this.turns = turns;
        this.clock = clock;
        this.keepDays = keepDays;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    /** One look; answers how long to wait for the next. */
    Duration look() {
        return turns.mine(JOB) ? round() : LOOK;
    }

    private Duration round() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        days.openAhead(today);
        if (keepDays > 0) {
            List<LocalDate> thinned = days.thinOut(today.minusDays(keepDays));
            if (!thinned.isEmpty()) {
                LOG.info("plain events dropped days={}", thinned);
            }
        }
        return PAUSE;
    }
}
