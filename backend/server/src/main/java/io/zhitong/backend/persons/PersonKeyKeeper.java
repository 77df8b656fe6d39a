package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.backend.people.PersonalData;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineTlsException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts personal data under the newest version of the community's key (个人信息密钥换代), a few hundred persons a time, so that two
 * custodians may destroy the older one. Audited.
 */
@Component
@RunsIn(BackendRole.WORKER)
class PersonKeyKeeper implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(PersonKeyKeeper.class);
    private static final String JOB = "person-keys";
    private static final Duration ROUND = Duration.ofHours(1);
    private static final Duration MORE = Duration.ofSeconds(5);

    private final PersonalData data;
    private final Estate estate;
    private final AuditLog audit;
    private final WorkerTurns turns;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    PersonKeyKeeper(PersonalData data, Estate estate, AuditLog audit, WorkerTurns turns) {
        this.data = data;
        this.estate = estate;
        this.audit = audit;
        this.turns = turns;
    }

    /** A round over all communities; the next one comes soon while there is more. */
    Duration round() {
        if (!turns.mine(JOB)) {
            return ROUND;
        }
        long done = estate.communities().stream()
                .map(Community::id)
                .mapToLong(this::tidy)
                .sum();
        return done > 0 ? MORE : ROUND;
    }

    private long tidy(CommunityId community) {
        try {
            int done = data.rewrap(community);
            if (done > 0) {
                audit.record(community, Actor.SYSTEM, "person.keys", done + " persons", "", "newest version");
            }
            return done;
        } catch (KeyServiceException | MachineTlsException e) {
            LOG.info("keys of persons are not looked at, the vault is away: {}", e.getMessage());
            return 0;
        }
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
