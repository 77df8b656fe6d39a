package io.zhitong.backend.bench;

import io.zhitong.backend.bench.WorldState.Words;
import io.zhitong.backend.bench.WorldState.WorldCard;
import java.util.List;
import java.util.Optional;

/**
 * What the page draws (演示台画面).
 *
 * @param loose cards that lie on no reader
 */
public record BenchPicture(List<Place> places, List<WorldCard> loose) {

    public BenchPicture {
        places = List.copyOf(places);
        loose = List.copyOf(loose);
    }

    /** What stands at a reader. */
    public enum Kind {
        DESK,
        DOOR,
        TILL,
        SAM
    }

    /**
     * A reader and what it belongs to.
     *
     * @param label name of the point, or of the reader where it belongs to none
     * @param open whether the relay is energised now
     * @param lastOpened wall-clock time of the last pulse in the community's zone
     * @param verdict what the point decided last
     * @param words what its reader shows and says to whoever stands there
     */
    public record Place(
            String reader,
            Kind kind,
            String label,
            Optional<WorldCard> card,
            boolean open,
            Optional<String> lastOpened,
            Optional<Verdict> verdict,
            Optional<Words> words) {}

    public List<Place> of(Kind kind) {
        return places.stream().filter(place -> place.kind() == kind).toList();
    }

    /** Readers on which a card can be laid now. */
    public List<Place> free() {
        return places.stream()
                .filter(place -> place.card().isEmpty() && place.kind() != Kind.SAM)
                .toList();
    }

    /** Changes exactly when there is something new to draw. */
    public String version() {
        return Integer.toHexString(hashCode());
    }
}
