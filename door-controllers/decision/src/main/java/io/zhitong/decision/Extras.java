package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.cardspec.CredentialNumber;
import java.util.Optional;
import java.util.Set;

/**
 * What came along with the credential (附带信息).
 *
 * @param proved second factors that were proved: PIN, face, fingerprint
 * @param wrong second factors that failed
 * @param duress whether the PIN or finger was the one of distress
 * @param companion the credential that passed as far as the companion rule just before
 * @param floor chosen at a lift, or the host's
 * @param plate as the camera saw it, empty = none
 * @param tenths of a degree Celsius, {@link #NOT_MEASURED} = no temperature
 */
public record Extras(
        Set<AccessMethod> proved,
        Set<AccessMethod> wrong,
        boolean duress,
        Optional<CredentialNumber> companion,
        Optional<Floor> floor,
        String plate,
        int tenths) {

    public static final int NOT_MEASURED = -1;
    public static final Extras NONE =
            new Extras(Set.of(), Set.of(), false, Optional.empty(), Optional.empty(), "", NOT_MEASURED);

    public Extras {
        proved = Set.copyOf(proved);
        wrong = Set.copyOf(wrong);
    }

    public Extras with(Optional<CredentialNumber> other) {
        return new Extras(proved, wrong, duress, other, floor, plate, tenths);
    }

    /** The PIN was typed as well. */
    public Extras pin(boolean right, boolean distress) {
        Set<AccessMethod> pin = Set.of(AccessMethod.PIN);
        return new Extras(right ? pin : proved, right ? wrong : pin, distress, companion, floor, plate, tenths);
    }

    /** @param index 0 … 255 */
    public record Floor(int index, boolean rear) {
        public Floor {
            if (index < 0 || index > 255) {
                throw new IllegalArgumentException("expected a floor index from 0 to 255, not " + index);
            }
        }
    }
}
