package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.Wake;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Compiles the lists of communities that changed (名单编译), one worker at a time; while the vault is away it tries again. Marks
 * lie in the database: what one worker does not finish another does.
 */
@Component
@RunsIn(BackendRole.WORKER)
final class ListPublisher implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(ListPublisher.class);
    private static final String JOB = "device-lists";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration DAY_LOOK = Duration.ofSeconds(30);

    /** So long a version that was replaced can still be looked at. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final ListChanges changes;
    private final DeviceLists lists;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Clock clock;
    private final Map<CommunityId, LocalDate> days = new HashMap<>();
    private Instant nextLook = Instant.EPOCH;
    private final Wake wake = new Wake();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round, wake);

    ListPublisher(
            ListChanges changes, DeviceLists lists, Estate estate, WorkerTurns turns, Notices notices, Clock clock) {
        this.changes = changes;
        this.lists = lists;
        this.estate = estate;
        this.turns = turns;
        this.clock = clock;
        notices.on(ListChanges.CHANGED, word -> wake.now());
    }

    @Override
    public void start() {
        estate.communities().stream().map(Community::id).forEach(changes::mark);
        thread.start();
    }

    private Duration round() {
        wake.await(LOOK);
        if (!turns.mine(JOB)) {
            return LOOK;
        }
        boolean all = true;
        newDays();
        for (Map.Entry<CommunityId, ListChanges.Waiting> waiting :
                changes.waiting().entrySet()) {
            boolean published = publish(waiting.getKey(), waiting.getValue().scope());
            if (published) {
                changes.done(waiting.getKey(), waiting.getValue().marks());
            }
            all &= published;
        }
        return all ? Duration.ZERO : LOOK;
    }

    /** At midnight of a community residences begin and end, and old versions are forgotten. */
    private void newDays() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(DAY_LOOK);
        for (Community community : estate.communities()) {
            LocalDate today = LocalDate.ofInstant(now, community.zone());
            LocalDate before = days.put(community.id(), today);
            if (before != null && !before.equals(today)) {
                changes.mark(community.id());
                lists.forget(community.id(), now.minus(KEPT));
            }
        }
    }

    private boolean publish(CommunityId community, ListScope scope) {
        try {
            List<DeviceRow> devices = estate.devices(community);
            DeviceLists.CompileRound round = lists.begin(community, scope);
            for (int done = 0; done < devices.size(); ) {
                done += lists.compile(round, devices.subList(done, devices.size()));
            }
            return true;
        } catch (KeyServiceException | MachineTlsException | DataAccessException | StaleRoundException e) {
            LOG.info("lists of community {} wait: {}", community.value(), e.getMessage());
            return false;
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
