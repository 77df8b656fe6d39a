package io.zhitong.backend.persons;

import io.zhitong.backend.people.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's personal data were asked to be erased, and perhaps are (删除个人信息).
 *
 * @param why what was said when it was asked; not the person's name
 * @param done when, nothing while it waits for a second person
 */
public record Erasure(
        PersonId person, String askedBy, Instant askedAt, String why, Optional<String> doneBy, Optional<Instant> done) {
    public boolean waits() {
        return done.isEmpty();
    }
}
