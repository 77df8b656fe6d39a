package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.backend.devices.SharedLists;
import io.zhitong.backend.estate.Community;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells the devices at the borders of areas where people are whom other devices saw (跨控制器反潜回): list kind 16, at most once a second
 * for a community and never more than a twentieth of this worker's time. While a device is cut off, what is known is as old as its
 * last word, and the list says so: what the doors do then is written in the areas.
 */
@Component
@RunsIn(BackendRole.WORKER)
class PresenceLists implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceLists.class);
    private static final String JOB = "presence-lists";
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_BORDERS = Duration.ofSeconds(10);
    private static final int SHARE = 20;

    private final PresenceRows rows;
    private final Borders borders;
    private final SharedLists lists;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Map<CommunityId, Told> told = new HashMap<>();
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    PresenceLists(PresenceRows rows, Borders borders, SharedLists lists, Estate estate, WorkerTurns turns) {
        this.rows = rows;
        this.borders = borders;
        this.lists = lists;
        this.estate = estate;
        this.turns = turns;
    }

    /** What the devices were told last. */
    private record News(long changes, Optional<Instant> heardUpTo, List<DeviceRow> devices) {}

    /**
     * @param looked when the borders were looked at
     * @param next not before, by {@link System#nanoTime}
     */
    private record Told(List<DeviceRow> borders, long looked, Optional<News> news, long next) {
        static final Told NOTHING = new Told(List.of(), 0, Optional.empty(), 0);
    }

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
            tell(community, System.nanoTime());
        } catch (KeyServiceException | MachineTlsException | DataAccessException e) {
            LOG.info("presence of community {} waits: {}", community.value(), e.getMessage());
        }
    }

    /** @param now by {@link System#nanoTime} */
    void tell(CommunityId community, long now) {
        Told before = told.getOrDefault(community, Told.NOTHING);
        boolean look = before == Told.NOTHING || now - before.looked() > LOOK_AT_BORDERS.toNanos();
        List<DeviceRow> devices = look ? borders.devices(community) : before.borders();
        long looked = look ? now : before.looked();
        told.put(community, new Told(devices, looked, before.news(), before.next()));
        boolean early = before.next() != 0 && now - before.next() < 0;
        if (devices.isEmpty() || early) {
            return;
        }
        News news = new News(rows.changes(community), borders.heardUpTo(community, devices), devices);
        if (!Optional.of(news).equals(before.news())) {
            long start = System.nanoTime();
            lists.publish(devices, ListKind.PRESENCE, records(community, news.heardUpTo()));
            long pause = Math.max(ROUND.toNanos(), SHARE * (System.nanoTime() - start));
            told.put(community, new Told(devices, looked, Optional.of(news), now + pause));
        }
    }

    private List<PresenceRecord> records(CommunityId community, Optional<Instant> heardUpTo) {
        long asOf = heardUpTo.map(PresenceLists::second).orElse(PresenceRecord.LIVE);
        List<PresenceRecord> records = new ArrayList<>();
        heardUpTo.ifPresent(any -> records.add(new PresenceRecord(PresenceRecord.EVERYBODY_ELSE, 0, 0, asOf)));
        Map<Long, Instant> forgiven = rows.forgiven(community);
        rows.all(community).stream()
                .filter(Whereabouts::holder)
                .filter(at -> stands(at, forgiven, at.subject()) && stands(at, forgiven, RollCall.EVERYBODY))
                .map(at -> new PresenceRecord(at.subject(), at.area(), second(at.since()), asOf))
                .forEach(records::add);
        return records;
    }

    private static boolean stands(Whereabouts at, Map<Long, Instant> forgiven, long whose) {
        return at.since().isAfter(forgiven.getOrDefault(whose, Instant.MIN));
    }

    private static long second(Instant at) {
        return Math.max(0, Math.min(PresenceRecord.LIVE - 1, at.getEpochSecond()));
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
