package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointMode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a point remembers from one decision to the next (门点状态).
 *
 * @param ordered the mode that an operator ordered: it stands over everything scheduled; nothing = as configured
 * @param wrongTries presentations in a row that failed, below {@link #ALARM_AFTER}
 */
public record PointState(Optional<PointMode> ordered, int wrongTries) {

    /** So many wrong tries in a row are an alarm; then the count begins anew. */
    public static final int ALARM_AFTER = 5;

    public static final PointState FRESH = new PointState(Optional.empty(), 0);

    private static final Set<DenyReason> WRONG = EnumSet.of(
            DenyReason.NOT_GENUINE, DenyReason.PIN_WRONG, DenyReason.FACE_WRONG, DenyReason.FINGERPRINT_WRONG);

    public PointState {
        if (wrongTries < 0 || wrongTries >= ALARM_AFTER) {
            throw new IllegalArgumentException(
                    "wrong tries count from 0 to " + (ALARM_AFTER - 1) + ", not " + wrongTries);
        }
    }

    /** In an ordered mode. */
    public PointState(PointMode ordered, int wrongTries) {
        this(Optional.of(ordered), wrongTries);
    }

    /** In an ordered mode. */
    public static PointState of(PointMode ordered) {
        return new PointState(ordered, 0);
    }

    public PointState mode(PointMode next) {
        return new PointState(next, wrongTries);
    }

    /** The state for the next request: a grant forgets wrong tries, a genuine but refused credential does not. */
    public PointState after(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            return wrong(deny.reason()) ? new PointState(ordered, (wrongTries + 1) % ALARM_AFTER) : this;
        }
        return wrongTries == 0 ? this : new PointState(ordered, 0);
    }

    static boolean wrong(DenyReason reason) {
        return WRONG.contains(reason);
    }

    boolean nextWrongTryAlarms() {
        return wrongTries + 1 == ALARM_AFTER;
    }
}
