package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * A car that is in a lot (在场车辆).
 *
 * @param lot 0 = it was there and left; only while it is worked out
 * @param device that saw it come in; nothing when a person said so
 */
public record CarInside(
        CredentialNumber credential,
        int lot,
        Instant since,
        String plate,
        CarrierKind carrier,
        Optional<DeviceId> device,
        PointId point) {
    /** Whether its credential was made up from its plate: nobody's car. */
    public boolean temporary() {
        return CarPassage.madeUp(credential);
    }
}
