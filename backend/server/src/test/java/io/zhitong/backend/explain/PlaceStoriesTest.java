package io.zhitong.backend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.backend.presence.PastPlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what a device knew and what is known by now. */
final class PlaceStoriesTest {
    private static final Instant T = Instant.parse("2026-05-01T12:00:00Z");
    private static final AreaRecord HOUSE = new AreaRecord(7, AntiPassback.HARD, 0, 20, StalePolicy.DECIDE, 60, "一号楼");

    private static PlaceStory story(int area, long count, Optional<PastPlaces.Heard> now) {
        return new PlaceStory(
                T, new Circumstances.Place(area, 1_000, 5, count), Optional.of(HOUSE), Optional.of(HOUSE), now);
    }

    private static Optional<PastPlaces.Heard> heard(int area, Instant received) {
        return Optional.of(new PastPlaces.Heard(area, T.minusSeconds(60), received));
    }

    @Test
    void a_passage_that_came_after_the_decision_shows_that_the_device_could_not_know() {
        PlaceStory late = story(7, 3, heard(0, T.plusSeconds(90)));
        assertThat(late.late()).hasValue(Duration.ofSeconds(90));
        assertThat(late.right()).hasValue(false);
        PlaceStory inTime = story(7, 3, heard(7, T.minusSeconds(59)));
        assertThat(inTime.late()).isEmpty();
        assertThat(inTime.right()).hasValue(true);
        assertThat(story(7, 3, Optional.empty()).right()).as("nobody knows").isEmpty();
    }

    @Test
    void who_was_nowhere_known_was_not_rightly_known_to_be_outside() {
        PlaceStory nowhere = story(Circumstances.Place.NOWHERE, 0, heard(0, T));
        assertThat(nowhere.known()).isFalse();
        assertThat(nowhere.right()).hasValue(false);
        assertThat(story(0, 0, heard(0, T)).known()).isTrue();
    }

    @Test
    void full_is_what_the_device_counted() {
        assertThat(story(0, 19, Optional.empty()).full()).isFalse();
        assertThat(story(0, 20, Optional.empty()).full()).isTrue();
    }
}
