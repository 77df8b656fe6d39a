package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;

/**
 * A car came through a lane (车辆通行).
 *
 * @param credential of the car; one that nobody knows has the number {@link #madeUp} for its plate
 * @param happenedMillis by the backend's clock as the device estimated it, never after the receipt
 * @param lot it is in now, 0 = it left
 * @param plate as it was read, empty = it was not
 * @param carrier by what it passed
 */
record CarPassage(
        CredentialNumber credential,
        long position,
        long happenedMillis,
        int lot,
        String plate,
        CarrierKind carrier,
        DeviceId device,
        PointId point) {

    /** City FFFF, which no city has. */
    private static final long NOBODY = 0xFFFFL << 48;

    /** The same for the same plate, so that reading the events again comes to the same: FFFF ‖ six bytes of SM3 of the plate. */
    static CredentialNumber madeUp(String plate) {
        long hash = new ByteReader(Sm3.hash(plate.getBytes(StandardCharsets.UTF_8))).u64();
        return new CredentialNumber(NOBODY | hash >>> 16);
    }

    static boolean madeUp(CredentialNumber credential) {
        return credential.value() >>> 48 == 0xFFFF;
    }
}
