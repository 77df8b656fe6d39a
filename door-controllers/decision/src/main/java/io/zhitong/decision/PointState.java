package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointMode;

/**
 * What a point remembers from one decision to the next (门点状态).
 *
 * @param mode the mode now: the standing one, or what an operator commanded
 * @param wrongTries presentations in a row that were not genuine, below {@link #ALARM_AFTER}
 */
public record PointState(PointMode mode, int wrongTries) {

    /** So many wrong tries in a row are an alarm; then the count begins anew. */
    public static final int ALARM_AFTER = 5;

    public PointState {
        if (wrongTries < 0 || wrongTries >= ALARM_AFTER) {
            throw new IllegalArgumentException(
                    "wrong tries count from 0 to " + (ALARM_AFTER - 1) + ", not " + wrongTries);
        }
    }

    public static PointState of(PointMode mode) {
        return new PointState(mode, 0);
    }

    public PointState mode(PointMode next) {
        return new PointState(next, wrongTries);
    }

    /** The state for the next request: a grant forgets wrong tries, a genuine but refused credential does not. */
    public PointState after(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            boolean wrong = deny.reason() == DenyReason.NOT_GENUINE;
            return wrong ? new PointState(mode, (wrongTries + 1) % ALARM_AFTER) : this;
        }
        return new PointState(mode, 0);
    }

    boolean nextWrongTryAlarms() {
        return wrongTries + 1 == ALARM_AFTER;
    }
}
