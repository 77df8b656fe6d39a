package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.devices.DeviceMessageHandler;
import io.zhitong.backend.foundation.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Alarms whose record has not arrived yet (报警快报): told to all processes, kept in memory only, the newest {@value #MOST} for ten
 * minutes. The record, which follows in order, replaces the copy by its identity. Thread-safe.
 */
@Component
class AlarmCopies implements DeviceMessageHandler {
    static final int MOST = 500;
    private static final String TOPIC = "alarm";
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Notices notices;
    private final Clock clock;
    private final Deque<Copy> copies = new ArrayDeque<>();

    AlarmCopies(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
        notices.on(TOPIC, this::heard);
    }

    /** Enough of a record to show it and to know it again: fits a word between processes. */
    record Copy(
            CommunityId community,
            DeviceId device,
            long journal,
            long sequence,
            EventKind kind,
            PointId point,
            Instant happened,
            Instant heard) {
        static String word(JournalRecord record) {
            return String.join(
                    " ",
                    Stream.of(
                                    record.community().value(),
                                    record.device().value(),
                                    record.journal().value(),
                                    record.sequence(),
                                    record.kindCode(),
                                    record.point().value(),
                                    record.deviceMillis() + record.offsetMillis())
                            .map(Object::toString)
                            .toList());
        }

        static Copy parse(String word, Instant heard) {
            String[] parts = word.split(" ", 7);
            return new Copy(
                    new CommunityId(Integer.parseInt(parts[0])),
                    new DeviceId(Long.parseLong(parts[1])),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    EventKind.of(Integer.parseInt(parts[4])),
                    new PointId(Integer.parseInt(parts[5])),
                    Instant.ofEpochMilli(Long.parseLong(parts[6])),
                    heard);
        }

        boolean same(Copy other) {
            return community.equals(other.community)
                    && device.equals(other.device)
                    && journal == other.journal
                    && sequence == other.sequence;
        }

        Alarm alarm() {
            return new Alarm(Alarm.AHEAD, device, point, kind, happened, Optional.empty(), Optional.empty());
        }
    }

    @Override
    public Set<EventKind> kinds() {
        return AlarmKinds.ALARMS;
    }

    @Override
    public void received(JournalRecord copy) {
        notices.tell(TOPIC, Copy.word(copy));
    }

    /** The empty word means that words may have been missed: the records come all the same. */
    private void heard(String word) {
        if (!word.isEmpty()) {
            Copy copy = Copy.parse(word, clock.instant());
            synchronized (copies) {
                copies.removeIf(copy::same);
                copies.addLast(copy);
                if (copies.size() > MOST) {
                    copies.removeFirst();
                }
            }
        }
    }

    /** The newest first. */
    List<Copy> of(CommunityId community) {
        Instant oldest = clock.instant().minus(KEPT);
        synchronized (copies) {
            copies.removeIf(copy -> copy.heard().isBefore(oldest));
            List<Copy> newestFirst = new ArrayList<>();
            copies.descendingIterator().forEachRemaining(newestFirst::add);
            return newestFirst.stream()
                    .filter(copy -> copy.community().equals(community))
                    .toList();
        }
    }

    /** Its record has arrived. */
    void replaced(Copy copy) {
        synchronized (copies) {
            copies.removeIf(copy::same);
        }
    }
}
