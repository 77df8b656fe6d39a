package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.decision.Decision;

/** Where a reader brings what was shown to it (刷卡去处). Thread-safe. */
interface Taps {

    PointId id();

    /** Decided, written down and carried out when it returns. */
    Decision shown(Shown shown);
}
