package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Explanation;
import java.util.function.Supplier;

/** Who hears of every decision when it has been carried out (判定通知). */
@FunctionalInterface
interface DecisionListener {

    /**
     * In the doors' turn, therefore quick.
     *
     * @param why takes its time; not to be asked in the doors' turn
     */
    void decided(PointId point, Decision decision, Supplier<Explanation> why);
}
