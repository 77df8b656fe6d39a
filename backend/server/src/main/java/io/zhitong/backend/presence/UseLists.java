package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.backend.devices.SharedLists;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Tells all controllers how often limited credentials were let in where (使用次数下发): list kind 17, at most once a second. */
@Component
@RunsIn(BackendRole.WORKER)
class UseLists implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(UseLists.class);
    private static final String JOB = "use-lists";
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final LimitedUses uses;
    private final SharedLists lists;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Map<CommunityId, News> told = new HashMap<>();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    UseLists(LimitedUses uses, SharedLists lists, Estate estate, WorkerTurns turns) {
        this.uses = uses;
        this.lists = lists;
        this.estate = estate;
        this.turns = turns;
    }

    /** What the devices were told last. */
    private record News(long total, List<DeviceRow> devices) {}

    private Duration round() {
        if (turns.mine(JOB)) {
            estate.communities().stream().map(Community::id).forEach(this::look);
        } else {
            told.clear();
        }
        return ROUND;
    }

    private void look(CommunityId community) {
        try {
            tell(community);
        } catch (KeyServiceException | MachineTlsException | DataAccessException e) {
            LOG.info("uses of community {} wait: {}", community.value(), e.getMessage());
        }
    }

    /** Publishes if something has changed; where nobody's uses are limited there is no such list. */
    void tell(CommunityId community) {
        long total = uses.total(community);
        if (total == 0) {
            return;
        }
        List<DeviceRow> controllers = estate.devices(community).stream()
                .filter(device -> device.kind() == DeviceKind.CONTROLLER)
                .toList();
        News news = new News(total, controllers);
        if (!news.equals(told.get(community)) && !controllers.isEmpty()) {
            lists.publish(controllers, ListKind.USES, uses.records(community));
        }
        told.put(community, news);
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
