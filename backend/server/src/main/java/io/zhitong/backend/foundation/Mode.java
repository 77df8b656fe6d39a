package io.zhitong.backend.foundation;

/** What the program may be used for (运行方式). */
public enum Mode {
    /** Trying out: demo estate, fixed log-ins, demo bench. */
    DEMO,
    /** A community of one's own; H2 is allowed, plain HTTP too. */
    NORMAL,
    /** Real money and real doors: refuses H2, plain HTTP beyond loopback, and a demo quorum. */
    PRODUCTION
}
