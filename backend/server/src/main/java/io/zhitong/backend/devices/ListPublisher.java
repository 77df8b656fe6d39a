package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Compiles the lists of communities that changed and tells their devices (名单下发); while the vault is away it tries again. */
@Component
final class ListPublisher implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(ListPublisher.class);
    private static final long LOOK_MILLIS = 1_000;

    private final ChangedCommunities changed;
    private final DeviceLists lists;
    private final Estate estate;
    private final LinkServers link;
    private final BackgroundThread thread = new BackgroundThread("device-lists", this::run);

    ListPublisher(ChangedCommunities changed, DeviceLists lists, Estate estate, LinkServers link) {
        this.changed = changed;
        this.lists = lists;
        this.estate = estate;
        this.link = link;
    }

    @Override
    public void start() {
        estate.communities().stream().map(Community::id).forEach(changed::mark);
        thread.start();
    }

    private void run() {
        try {
            while (thread.running()) {
                for (CommunityId community : changed.take(LOOK_MILLIS)) {
                    if (!publish(community)) {
                        thread.pause(Duration.ofMillis(LOOK_MILLIS));
                        changed.mark(community);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean publish(CommunityId community) {
        try {
            for (DeviceRow device : estate.devices(community)) {
                lists.compile(device).forEach(link::offer);
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
