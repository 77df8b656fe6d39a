package io.zhitong.uhppote;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalOpened;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.EventAnswer;
import io.zhitong.uhppote.message.GetEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a board's events over by index (按索引取数), in order, each once: the cursor remembers the last event's bytes, so a board that
 * was cleared, replaced or went round its indices is recognised. Events that are gone leave their sequence numbers out: the
 * backend shows the gap. Not thread-safe; used for one round.
 */
final class EventCollector {

    /**
     * What one round knows.
     *
     * @param zone of the board's clock
     * @param offsetMillis what must be added to the board's clock
     * @param credentials whose number is whose
     * @param version of the list the board was last found in step with
     * @param raised alarms that have not ended; kept up here
     */
    record Round(
            UdpDriver driver,
            BoardAddress board,
            DeviceAddress device,
            ZoneId zone,
            Instant now,
            long offsetMillis,
            Map<Long, CredentialNumber> credentials,
            ListVersion version,
            Set<Raised> raised) {}

    /** An alarm of a door that ends when the door closes, which the board does not say. */
    record Raised(int door, EventKind kind) {}

    private static final Map<EventKind, EventKind> ENDS = Map.of(
            EventKind.HELD_OPEN, EventKind.HELD_ENDED,
            EventKind.FORCED_OPEN, EventKind.FORCED_ENDED);

    private final Round round;
    private final List<JournalRecord> records = new ArrayList<>();
    private BoardCursor cursor;

    EventCollector(Round round, BoardCursor cursor) {
        this.round = round;
        this.cursor = cursor;
    }

    List<JournalRecord> records() {
        return records;
    }

    BoardCursor cursor() {
        return cursor;
    }

    /** Writes down what the board does not record itself, by the clock here. */
    void note(EventKind kind, PointId point, Octets body) {
        begin();
        write(cursor.clears(), kind, point, Optional.of(round.now()), body, cursor.record());
    }

    private void begin() {
        if (cursor.mark().sequence() == 0) {
            write(0, EventKind.JOURNAL_OPENED, PointId.DEVICE, Optional.empty(), opened(), BoardCursor.NOTHING);
        }
    }

    /** Fetches up to so many events. @return how many */
    int collect(int most) {
        begin();
        int before = records.size();
        Optional<BoardEvent> newest = ask(GetEvent.NEWEST).event();
        if (newest.isEmpty() || isLast(newest.get())) {
            return 0;
        }
        Optional<BoardEvent> event = at(next());
        while (event.isPresent()) {
            take(event.get());
            boolean enough = records.size() - before >= most || isLast(newest.get());
            event = enough ? Optional.empty() : at(event.get().index() + 1);
        }
        return records.size() - before;
    }

    private static Octets opened() {
        return Octets.of(new JournalOpened(Optional.empty()).encode());
    }

    private boolean isLast(BoardEvent event) {
        return cursor.record().equals(Octets.of(event.record()));
    }

    /** Where to go on: behind the last event if it is still there as it was, else at the oldest, with a gap. */
    private long next() {
        long index = cursor.index();
        if (index == 0) {
            return oldest().index();
        }
        EventAnswer last = ask(index);
        if (last.event().map(this::isLast).orElse(false)) {
            return index + 1;
        }
        BoardEvent oldest = oldest();
        boolean ringWentOn = last.overwritten() && oldest.index() > index;
        skip(ringWentOn ? oldest.index() - index - 1 : 1, ringWentOn ? 0 : 1);
        return oldest.index();
    }

    /** The event at this index or, where it is gone, the one that comes next; nothing behind the newest. */
    private Optional<BoardEvent> at(long index) {
        EventAnswer answer = ask(index);
        return answer.event().isPresent() ? answer.event() : instead(index, answer.overwritten());
    }

    private Optional<BoardEvent> instead(long index, boolean overwritten) {
        BoardEvent newest = ask(GetEvent.NEWEST).event().orElseGet(this::oldest);
        if (isLast(newest)) {
            return Optional.empty();
        }
        Optional<BoardEvent> first = overwritten || index <= newest.index() ? Optional.empty() : ask(1).event();
        if (first.isPresent()) {
            return first;
        }
        BoardEvent oldest = oldest();
        skip(Math.max(1, oldest.index() - index), 0);
        return Optional.of(oldest);
    }

    private BoardEvent oldest() {
        return ask(GetEvent.OLDEST)
                .event()
                .orElseThrow(() -> new IllegalStateException("expected a board with a newest event to have an oldest"));
    }

    private EventAnswer ask(long index) {
        return round.driver().ask(round.board(), new GetEvent(round.board().serial(), index));
    }

    /** Leaves so many sequence numbers out. */
    private void skip(long lost, long clears) {
        Watermark mark = cursor.mark();
        cursor = new BoardCursor(
                new Watermark(mark.journal(), mark.sequence() + lost, mark.hash()),
                cursor.clears() + clears,
                cursor.record());
    }

    private void take(BoardEvent event) {
        EventMapping mapping = EventMapping.of(event, round.credentials(), round.version());
        Optional<Instant> time =
                event.time().map(local -> local.atZone(round.zone()).toInstant());
        PointId point = event.door() >= 1 && event.door() <= 4 ? new PointId(event.door()) : PointId.DEVICE;
        write(cursor.clears(), mapping.kind(), point, time, mapping.body(), Octets.of(event.record()));
        if (ENDS.containsKey(mapping.kind())) {
            round.raised().add(new Raised(event.door(), mapping.kind()));
        } else if (mapping.kind() == EventKind.POINT_CLOSED) {
            ENDS.forEach((alarm, end) -> {
                if (round.raised().remove(new Raised(event.door(), alarm))) {
                    write(cursor.clears(), end, point, time, Octets.EMPTY, cursor.record());
                }
            });
        }
    }

    private void write(
            long boot, EventKind kind, PointId point, Optional<Instant> time, Octets body, Octets boardRecord) {
        Watermark mark = cursor.mark();
        JournalRecord record = new JournalRecord(
                round.device().community(),
                round.device().device(),
                mark.journal(),
                mark.sequence() + 1,
                mark.sequence() == 0 ? Hash.ZERO : mark.hash(),
                boot,
                time.orElse(round.now()).toEpochMilli(),
                time.isPresent() ? round.offsetMillis() : 0,
                time.isPresent() ? ClockQuality.HELD : ClockQuality.UNKNOWN,
                kind.code(),
                point,
                body);
        records.add(record);
        cursor = new BoardCursor(record.watermark(), cursor.clears(), boardRecord);
    }
}
