package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.presence.PastPlaces;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells of an access event what was known of areas (区域所知还原). */
@Component
public class PlaceStories {
    private final PastPlaces places;

    PlaceStories(PastPlaces places) {
        this.places = places;
    }

    /** Nothing where the point leads nowhere else, or the device did not tell what it knew. */
    public Optional<PlaceStory> of(Why why) {
        PointPlace point = records(why, ListKind.POINTS, PointRecord.class)
                .filter(each -> each.point().equals(why.event().record().point()))
                .map(PointRecord::place)
                .findFirst()
                .orElse(PointPlace.NOWHERE);
        if (point.fromArea() == point.toArea()) {
            return Optional.empty();
        }
        return why.told()
                .site()
                .map(site -> new PlaceStory(
                        why.event().happened(),
                        site.place(),
                        area(why, site.place().area()),
                        area(why, point.toArea()),
                        why.told().credential().flatMap(card -> places.before(why.event(), card))));
    }

    private static Optional<AreaRecord> area(Why why, int number) {
        return records(why, ListKind.AREAS, AreaRecord.class)
                .filter(area -> area.area() == number)
                .findFirst();
    }

    private static <T extends ListRecord> Stream<T> records(Why why, ListKind kind, Class<T> type) {
        return why.lists().stream()
                .filter(list -> list.kind() == kind)
                .flatMap(list -> list.list().stream())
                .flatMap(list -> list.records(type).stream());
    }
}
