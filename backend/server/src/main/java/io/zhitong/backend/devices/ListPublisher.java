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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    private final ListChanges changes;
    private final DeviceLists lists;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Wake wake = new Wake();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round, wake);

    ListPublisher(ListChanges changes, DeviceLists lists, Estate estate, WorkerTurns turns, Notices notices) {
        this.changes = changes;
        this.lists = lists;
        this.estate = estate;
        this.turns = turns;
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
        for (Map.Entry<CommunityId, List<UUID>> waiting : changes.waiting().entrySet()) {
            boolean published = publish(waiting.getKey());
            if (published) {
                changes.done(waiting.getKey(), waiting.getValue());
            }
            all &= published;
        }
        return all ? Duration.ZERO : LOOK;
    }

    private boolean publish(CommunityId community) {
        try {
            for (DeviceRow device : estate.devices(community)) {
                lists.compile(device);
            }
            return true;
        } catch (KeyServiceException | MachineTlsException | DataAccessException e) {
            LOG.info("lists of community {} wait: {}", community.value(), e.getMessage());
            return false;
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
