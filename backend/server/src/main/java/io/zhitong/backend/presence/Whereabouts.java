package io.zhitong.backend.presence;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Where somebody is known to be (所在).
 *
 * @param subject as in {@link Passage}
 * @param device that saw the passage, nothing = corrected by a person
 */
public record Whereabouts(
        long subject, int area, Instant since, Optional<DeviceId> device, PointId point, CredentialNumber credential) {
    static final long LAST_HOLDER = 0xFFFF_FFFFL;

    /** Whether devices know the subject by this number, too. */
    boolean holder() {
        return subject <= LAST_HOLDER;
    }
}
