package io.zhitong.backend.presence;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A second reader of the same story: everything at once, in memory, by the definition. */
final class NaivePresence {
    private static final Set<Integer> WANGS = Set.of(1, 2);

    private final TestPresence site;

    NaivePresence(TestPresence site) {
        this.site = site;
    }

    private record Move(long person, CredentialNumber card, long millis, long position, int area, String door) {}

    /** By the credential that was seen last of each person, the area. */
    Map<Long, Integer> areas() {
        List<Move> moves = moves();
        Map<Long, Move> last = new HashMap<>();
        moves.stream()
                .sorted(Comparator.comparingLong(Move::millis).thenComparingLong(Move::position))
                .forEach(move -> last.put(move.person(), move));
        Map<Long, Integer> areas = new HashMap<>();
        last.values().forEach(move -> areas.put(move.card().value(), move.area()));
        return areas;
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        Map<Long, Map<Integer, PointPlace>> configured = new HashMap<>();
        Map<String, List<Move>> pending = new HashMap<>();
        for (StoredEvent event : site.events.reader().after(TestPresence.ONE, 0, 100_000)) {
            JournalRecord record = event.record();
            long device = record.device().value();
            PointPlace place = configured
                    .getOrDefault(device, Map.of())
                    .getOrDefault(record.point().value(), PointPlace.NOWHERE);
            String door = device + " " + record.point().value();
            if (record.kind() == EventKind.LIST_INSTALLED) {
                configured.put(
                        device, places(device, ListEvent.decode(record.body().toByteArray())));
            } else if (place.fromArea() != place.toArea()) {
                List<Move> waiting = pending.computeIfAbsent(door, any -> new ArrayList<>());
                if (record.kind() == EventKind.ACCESS_GRANTED) {
                    Move move = move(event, place.toArea(), door);
                    moves.add(move);
                    waiting.add(move);
                } else {
                    if (record.kind() == EventKind.NOT_OPENED) {
                        moves.removeAll(waiting);
                    }
                    waiting.clear();
                }
            }
        }
        return moves;
    }

    private static Move move(StoredEvent event, int area, String door) {
        CredentialNumber card = AccessEvent.decode(event.record().body().toByteArray())
                .credential()
                .orElseThrow();
        int number = (int) Long.parseLong(card.toString().substring(8));
        long person = WANGS.contains(number) ? 1 : number;
        return new Move(person, card, PresenceBook.moment(event), event.position(), area, door);
    }

    private Map<Integer, PointPlace> places(long device, ListEvent told) {
        Map<Integer, PointPlace> places = new HashMap<>();
        site.lists
                .lists()
                .at(DeviceAddress.of(1, device), ListKind.POINTS, told.version())
                .orElseThrow()
                .records(PointRecord.class)
                .forEach(point -> places.put(point.point().value(), point.place()));
        return places;
    }
}
