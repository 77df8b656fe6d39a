package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.BoardCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cards of a board at their places (权限表): a deleted card leaves its place empty until all are deleted. Not thread-safe. */
final class CardTable {

    private final int capacity;
    private final List<Optional<BoardCard>> places = new ArrayList<>();
    private final Map<Long, Integer> placeOf = new HashMap<>();

    CardTable(int capacity) {
        this.capacity = capacity;
    }

    /** Whether there was room. */
    boolean put(BoardCard card) {
        Integer place = placeOf.get(card.number());
        if (place == null && places.size() >= capacity) {
            return false;
        }
        if (place == null) {
            placeOf.put(card.number(), places.size());
            places.add(Optional.of(card));
        } else {
            places.set(place, Optional.of(card));
        }
        return true;
    }

    /** Whether it was there. */
    boolean delete(long number) {
        Integer place = placeOf.remove(number);
        if (place != null) {
            places.set(place, Optional.empty());
        }
        return place != null;
    }

    boolean clear() {
        places.clear();
        placeOf.clear();
        return true;
    }

    int count() {
        return placeOf.size();
    }

    Optional<BoardCard> find(long number) {
        return Optional.ofNullable(placeOf.get(number)).flatMap(places::get);
    }

    /** Whether there is such a place, from 1, with a card or with none any more. */
    boolean reaches(long place) {
        return place >= 1 && place <= places.size();
    }

    Optional<BoardCard> at(long place) {
        return reaches(place) ? places.get((int) place - 1) : Optional.empty();
    }
}
