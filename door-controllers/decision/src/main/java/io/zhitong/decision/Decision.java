package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** What the engine decided (判定结果). */
public sealed interface Decision {

    /** Ids of the rules passed; a grant's list is complete, a denial's ends before the rule that denied. */
    RuleIds rules();

    /** What to show and say, u16: code of the reason of a denial, 0x0100 + what the passage counts as for a grant. */
    int text();

    /**
     * Let pass.
     *
     * @param pulseMillis how long the lock stays released
     * @param floors of a lift
     * @param barrier whether a barrier is to be raised
     * @param silentAlarm under duress: nobody at the point may notice
     * @param recorded against anti-passback, or without knowing the area: an event of its own
     */
    record Grant(
            long pulseMillis,
            LiftFloors floors,
            boolean barrier,
            boolean silentAlarm,
            boolean recorded,
            PassedAs as,
            RuleIds rules)
            implements Decision {

        private static final int TEXTS = 0x0100;

        @Override
        public int text() {
            return TEXTS + as.code();
        }
    }

    /**
     * Do not let pass.
     *
     * @param alarm true when this was the fifth wrong try in a row, a plate that is not the card's, or under duress
     */
    record Deny(DenyReason reason, boolean alarm, RuleIds rules) implements Decision {

        @Override
        public int text() {
            return reason.code();
        }
    }
}
