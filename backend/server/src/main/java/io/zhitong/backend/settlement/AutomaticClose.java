package io.zhitong.backend.settlement;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.BackendRole;
import io.zhitong.backend.foundation.BackgroundPart;
import io.zhitong.backend.foundation.BackgroundThread;
import io.zhitong.backend.foundation.RunsIn;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.backend.ledger.Ledger;
import java.time.Duration;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes every day of every community once it is over (自动日终); tries again until the vault signs. */
@Component
@RunsIn(BackendRole.WORKER)
class AutomaticClose implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(AutomaticClose.class);
    private static final String JOB = "settlement-close";
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Settlement settlement;
    private final Ledger ledger;
    private final Estate estate;
    private final PackageRows rows;
    private final WorkerTurns turns;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::look);

    AutomaticClose(Settlement settlement, Ledger ledger, Estate estate, PackageRows rows, WorkerTurns turns) {
        this.settlement = settlement;
        this.ledger = ledger;
        this.estate = estate;
        this.rows = rows;
        this.turns = turns;
    }

    /** One look at every community; answers how many days it closed. */
    int closeWhatIsOver() {
        int done = 0;
        for (Community row : estate.communities()) {
            CommunityId community = row.id();
            LocalDate today = ledger.today(community);
            LocalDate day = rows.firstUnsettled(community).orElse(today);
            for (; day.isBefore(today); day = day.plusDays(1)) {
                settlement.close(community, day, Actor.SYSTEM);
                done++;
            }
        }
        return done;
    }

    /** A day that could not be closed is tried again. */
    private Duration look() {
        try {
            if (turns.mine(JOB)) {
                closeWhatIsOver();
            }
        } catch (RuntimeException e) {
            LOG.warn("the day close waits, it is tried again: {}", e.getMessage());
        }
        return PAUSE;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
