package io.zhitong.backend.bench;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.wall.EventWords;
import io.zhitong.backend.wall.WallLine;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What each point decided last (各点最近结果), from the event store: the bench shows nothing that the wall would not. */
@Component
@OnDemo
class Verdicts {
    private static final Set<EventKind> DECISIONS = Set.of(
            EventKind.ACCESS_GRANTED,
            EventKind.ACCESS_DENIED,
            EventKind.NOT_GENUINE_REPEATED,
            EventKind.COMMAND_EXECUTED,
            EventKind.COMMAND_REFUSED,
            EventKind.PURCHASE,
            EventKind.PURCHASE_REFUSED,
            EventKind.PURCHASE_IN_DOUBT);
    private static final int LOOK_BACK = 30;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final EventReader reader;
    private final EventWords words;
    private final Clock clock;

    Verdicts(EventReader reader, EventWords words, Clock clock) {
        this.reader = reader;
        this.words = words;
        this.clock = clock;
    }

    /** Where something happened. */
    record Place(DeviceId device, PointId point) {}

    /** The newest of each point, of one moment. */
    record Board(Map<Place, Verdict> newest) {
        static final Board EMPTY = new Board(Map.of());

        Board {
            newest = Map.copyOf(newest);
        }

        Optional<Verdict> of(PointRow point) {
            return Optional.ofNullable(newest.get(new Place(point.device(), point.id())));
        }
    }

    Board now(ConsoleUser user, Locale locale) {
        List<StoredEvent> events = reader.before(user.community(), Long.MAX_VALUE, DECISIONS, LOOK_BACK);
        List<WallLine> lines = words.lines(user.community(), events, locale);
        long freshFrom = clock.millis() - FRESH.toMillis();
        Map<Place, Verdict> newest = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            newest.putIfAbsent(
                    new Place(event.record().device(), event.record().point()),
                    new Verdict(lines.get(i), event.received().toEpochMilli() >= freshFrom));
        }
        return new Board(newest);
    }
}
