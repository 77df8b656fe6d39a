package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where somebody was, as is known by now (事后所知的所在): also by passages that came too late for the device that decided. */
@Component
public class PastPlaces {
    private final PresenceRows rows;
    private final Subjects subjects;
    private final EventReader events;

    PastPlaces(PresenceRows rows, Subjects subjects, EventReader events) {
        this.rows = rows;
        this.subjects = subjects;
        this.events = events;
    }

    /**
     * A passage, or what a person corrected.
     *
     * @param area it led to, 0 = outside
     * @param received when the backend heard of it
     */
    public record Heard(int area, Instant since, Instant received) {}

    /** @param position of a passage in the event store, 0 = a correction */
    record Led(int area, Instant since, long position) {}

    /**
     * Where the credential's holder was just before an event.
     *
     * @return nothing when no passage that old is kept
     */
    public Optional<Heard> before(StoredEvent event, CredentialNumber credential) {
        CommunityId community = event.record().community();
        Map<CredentialNumber, Long> known = subjects.of(community, Set.of(credential));
        return rows.before(
                        community,
                        known.getOrDefault(credential, credential.value()),
                        PresenceBook.moment(event),
                        event.position())
                .map(led -> new Heard(
                        led.area(),
                        led.since(),
                        events.at(community, led.position())
                                .map(StoredEvent::received)
                                .orElse(led.since())));
    }
}
