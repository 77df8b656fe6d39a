package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** What the engine decided (判定结果). */
public sealed interface Decision {

    /** Ids of the rules passed; a grant's list is complete, a denial's ends before the rule that denied. */
    RuleIds rules();

    /**
     * Let pass.
     *
     * @param pulseMillis how long the lock stays released
     */
    record Grant(long pulseMillis, RuleIds rules) implements Decision {}

    /**
     * Do not let pass.
     *
     * @param alarm true when this was the fifth wrong try in a row
     */
    record Deny(DenyReason reason, boolean alarm, RuleIds rules) implements Decision {}
}
