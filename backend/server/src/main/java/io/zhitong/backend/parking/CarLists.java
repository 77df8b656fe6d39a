package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.ListKind;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells all lanes of a lot which cars are inside (在场车辆下发): list kind 13, at most once a second. Devices whose lanes border the same
 * lots share one content.
 */
@Component
@RunsIn(BackendRole.WORKER)
class CarLists implements BackgroundPart {
    private static final Logger LOG = LoggerFactory.getLogger(CarLists.class);
    private static final String JOB = "car-lists";
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** So often somebody looks for lanes that were added or lead elsewhere now. */
    private static final int LOOK_AT_LANES = 10;

    /** As many as the list holds. */
    private static final int MOST = 65_536;

    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    private final CarRows rows;
    private final Lanes lanes;
    private final SharedLists lists;
    private final Estate estate;
    private final WorkerTurns turns;
    private final Map<CommunityId, News> told = new HashMap<>();
    private final Map<CommunityId, Map<DeviceRow, Set<Integer>>> lots = new HashMap<>();
    private int rounds;
    private final BackgroundThread thread = BackgroundThread.repeating(JOB, this::round);

    CarLists(CarRows rows, Lanes lanes, SharedLists lists, Estate estate, WorkerTurns turns) {
        this.rows = rows;
        this.lanes = lanes;
        this.lists = lists;
        this.estate = estate;
        this.turns = turns;
    }

    /** What the devices were told last. */
    private record News(long changes, Map<DeviceRow, Set<Integer>> lots) {}

    private Duration round() {
        if (rounds++ % LOOK_AT_LANES == 0) {
            lots.clear();
        }
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
            LOG.info("cars of community {} wait: {}", community.value(), e.getMessage());
        }
    }

    /** Publishes if something has changed. */
    void tell(CommunityId community) {
        News news = new News(rows.changes(community), lots.computeIfAbsent(community, lanes::lots));
        if (!news.equals(told.get(community)) && !news.lots().isEmpty()) {
            List<CarInside> cars = rows.all(community);
            news.lots().keySet().stream()
                    .collect(Collectors.groupingBy(device -> news.lots().get(device)))
                    .forEach((own, devices) -> lists.publish(devices, ListKind.ENTRIES, records(cars, own)));
        }
        told.put(community, news);
    }

    private static List<EntryRecord> records(List<CarInside> cars, Set<Integer> lots) {
        return cars.stream()
                .filter(car -> lots.contains(car.lot()))
                .limit(MOST)
                .map(car ->
                        new EntryRecord(car.credential(), car.plate(), car.lot(), second(car.since()), car.carrier()))
                .toList();
    }

    private static long second(Instant at) {
        return Math.max(0, Math.min(LAST_SECOND, at.getEpochSecond()));
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }
}
