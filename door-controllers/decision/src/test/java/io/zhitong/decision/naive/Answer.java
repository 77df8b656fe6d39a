package io.zhitong.decision.naive;

import java.util.BitSet;

/**
 * What is to be done (判定).
 *
 * @param reason "" for a grant
 * @param alarm of a denial
 * @param passed the last rule passed, "" for none
 */
public record Answer(
        String reason,
        boolean alarm,
        long pulse,
        long right,
        BitSet front,
        BitSet rear,
        boolean barrier,
        boolean silentAlarm,
        boolean recorded,
        String as,
        String passed) {

    static Answer deny(String reason, boolean alarm, String passed) {
        return new Answer(reason, alarm, 0, 0, new BitSet(), new BitSet(), false, false, false, "", passed);
    }

    public boolean granted() {
        return reason.isEmpty();
    }
}
