package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes pictures away when their time is over, and the keys that nothing is encrypted under any more (图片保存期限), {@link Pictures#KEPT}.
 * Audited.
 */
@Component
@RunsIn(BackendRole.GATEWAY)
class PictureRetention implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(PictureRetention.class);
    private static final Duration ROUND = Duration.ofHours(6);

    private final Pictures pictures;
    private final PictureKeys keys;
    private final Estate estate;
    private final AuditLog audit;
    private final Clock clock;
    private final BackgroundThread thread = BackgroundThread.repeating("picture-retention", this::round);

    PictureRetention(Pictures pictures, PictureKeys keys, Estate estate, AuditLog audit, Clock clock) {
        this.pictures = pictures;
        this.keys = keys;
        this.estate = estate;
        this.audit = audit;
        this.clock = clock;
    }

    /** One round over all communities. */
    Duration round() {
        estate.communities().stream().map(Community::id).forEach(this::tidy);
        return ROUND;
    }

    private void tidy(CommunityId community) {
        Instant before = clock.instant().minus(Pictures.KEPT);
        pictures.remove(community, before).forEach((device, gone) -> {
            if (gone > 0) {
                audit.record(
                        community,
                        Actor.SYSTEM,
                        "pictures.remove",
                        "device " + device,
                        gone + " pictures until " + before,
                        "");
            }
        });
        int forgotten = keys.forget(community, before);
        if (forgotten > 0) {
            audit.record(community, Actor.SYSTEM, "pictures.keys.remove", forgotten + " keys", "", "");
        }
        try {
            int again = keys.rewrap(community);
            if (again > 0) {
                audit.record(community, Actor.SYSTEM, "pictures.keys.rewrap", again + " keys", "", "");
            }
        } catch (KeyServiceException | MachineTlsException e) {
            LOG.info("keys of pictures are not looked at, the vault is away: {}", e.getMessage());
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
