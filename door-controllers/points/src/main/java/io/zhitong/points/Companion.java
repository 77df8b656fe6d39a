package io.zhitong.points;

import io.zhitong.cardspec.CredentialNumber;
import java.util.Optional;

/**
 * Who presented before at a point for two or with an escort (同行人): remembered for a time, so that `decision` can ask whether a
 * second person is there. Whom it suffices for is decided there. Times as in {@link DoorState}.
 *
 * @param credential that of the person who came before, empty = nobody
 */
public record Companion(Optional<CredentialNumber> credential, long until) {

    /** How long the first one is remembered. */
    public static final int WINDOW_MILLIS = 15_000;

    public static final Companion NOBODY = new Companion(Optional.empty(), DoorState.NEVER);

    /** Who came before and still counts. */
    public Optional<CredentialNumber> at(long now) {
        return now < until ? credential : Optional.empty();
    }

    /** Somebody presented who would pass if a second person came. The same one again starts the window anew. */
    public Companion came(CredentialNumber who, long now) {
        return new Companion(Optional.of(who), now + WINDOW_MILLIS);
    }
}
