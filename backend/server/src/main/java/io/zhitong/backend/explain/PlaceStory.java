package io.zhitong.backend.explain;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.backend.presence.PastPlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the holder was: as the device knew when it decided, and as is known by now (当时所知与事后所知).
 *
 * @param happened when it was decided
 * @param then what the device told
 * @param here the area the device believed the holder in, by the list it held
 * @param entered the area the point leads into, by the list it held
 * @param now what the backend knows now of that time
 */
public record PlaceStory(
        Instant happened,
        Circumstances.Place then,
        Optional<AreaRecord> here,
        Optional<AreaRecord> entered,
        Optional<PastPlaces.Heard> now) {

    /** Whether the device knew anything of the holder. */
    public boolean known() {
        return then.area() != Circumstances.Place.NOWHERE;
    }

    /** How long after the decision the backend heard of the passage that tells better; nothing if it was in time. */
    public Optional<Duration> late() {
        return now.map(heard -> Duration.between(happened, heard.received()))
                .filter(by -> !by.isNegative() && !by.isZero());
    }

    /** Whether the device was right, as far as is known. */
    public Optional<Boolean> right() {
        return now.map(heard -> known() && heard.area() == then.area());
    }

    /** Whether the area entered was full by what the device counted. */
    public boolean full() {
        return entered.filter(area -> area.capacity() > 0 && then.count() >= area.capacity())
                .isPresent();
    }
}
